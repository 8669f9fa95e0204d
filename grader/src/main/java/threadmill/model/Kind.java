package threadmill.model;

/** What sort of mistake a {@link Finding} names. */
public enum Kind {
  /** Uses what the exercise asks to build. */
  STRUCTURE,
  /** Wrong even with one thread. */
  CONTRACT,
  /** Wrong under some interleaving. */
  SAFETY,
  /** Conflicting accesses without happens-before. */
  RACE,
  /** A cycle of threads, each waiting for what the next one holds. */
  DEADLOCK,
  /** Nobody can move and there is no cycle: a lost wake-up. */
  STUCK,
  /** Everybody moves and nobody gets anywhere. */
  LIVELOCK,
  /** Burns processor time, or polls, while it should wait. */
  BUSY,
  /** One thread is passed over without bound. */
  STARVATION,
  /** Independent work cannot overlap. */
  OVERSYNC,
  /** Threads, children, descriptors or locks are left behind. */
  LEAK,
  /** An exception, or the end of the JVM, that nobody asked for. */
  CRASH,
  /** A gated effect is missing. */
  SLOW,
  /** Memory ran out. */
  MEMORY,
  /** Printed more than is kept. */
  OUTPUT,
  /** The evidence was interfered with. */
  TAMPER,
  /** Our fault or the machine's: asks for a re-run, never counts against the student. */
  INCONCLUSIVE
}
