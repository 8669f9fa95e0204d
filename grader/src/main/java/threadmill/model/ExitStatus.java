package threadmill.model;

import java.util.Map;

/**
 * How a process ended: by itself, or by a signal. Shells, {@code bwrap} and Java itself tell of a
 * signal n as exit code 128 + n, so a process that chose such a number itself looks the same.
 *
 * @param code the exit code
 */
public record ExitStatus(int code) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;
  private static final int CPU = 24;
  private static final int FILE_SIZE = 25;

  /** What a process brings upon itself by what it does. */
  private static final Map<Integer, String> OWN_FAULTS =
      Map.of(
          4, "SIGILL", 5, "SIGTRAP", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 11, "SIGSEGV", CPU,
          "SIGXCPU", FILE_SIZE, "SIGXFSZ", 31, "SIGSYS");

  private static final Map<Integer, String> OTHERS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 9, "SIGKILL", 10, "SIGUSR1", 12, "SIGUSR2", 13,
          "SIGPIPE", 14, "SIGALRM", 15, "SIGTERM");

  /**
   * Whether it was ended by a signal that somebody must have sent: the kernel when memory runs out,
   * an operator, a terminal, or the process itself, which nobody can tell.
   */
  public boolean isKill() {
    return isSignal() && !OWN_FAULTS.containsKey(code - SIGNALLED);
  }

  /** Whether it reached its limit of processor time. */
  public boolean isOutOfTime() {
    return code == SIGNALLED + CPU;
  }

  /** Whether it reached the largest size of a file. */
  public boolean isOutOfFileSize() {
    return code == SIGNALLED + FILE_SIZE;
  }

  private boolean isSignal() {
    return code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL;
  }

  /** As in {@code SIGKILL} or {@code exit code 5}. */
  @Override
  public String toString() {
    int signal = code - SIGNALLED;
    return isSignal()
        ? OWN_FAULTS.getOrDefault(signal, OTHERS.getOrDefault(signal, "signal " + signal))
        : "exit code " + code;
  }
}
