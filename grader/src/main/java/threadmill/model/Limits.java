package threadmill.model;

/**
 * What a confined process and all that it starts may use. How long a check may take is said by the
 * check itself.
 *
 * @param cpuSeconds processor time of each process, in seconds
 * @param memoryMib memory of all processes together, in MiB
 * @param tasks processes and threads together, the JVM's own 20 included
 * @param files open files of each process
 * @param fileMib size of one written file, in MiB
 * @param diskMib size of each writable folder, in MiB
 * @param outputMib what may be printed before the program is ended, in MiB; the beginning is kept
 * @param unclearSeconds how long checks without a verdict may take together, in seconds by the
 *     clock; after that no further check is asked
 */
public record Limits(
    int cpuSeconds,
    int memoryMib,
    int tasks,
    int files,
    int fileMib,
    int diskMib,
    int outputMib,
    int unclearSeconds) {
  public static final Limits STANDARD = new Limits(600, 1_024, 300, 1_024, 128, 64, 32);

  /** Limits of a process, with the usual patience for checks without a verdict. */
  public Limits(
      int cpuSeconds,
      int memoryMib,
      int tasks,
      int files,
      int fileMib,
      int diskMib,
      int outputMib) {
    this(cpuSeconds, memoryMib, tasks, files, fileMib, diskMib, outputMib, 180);
  }
}
