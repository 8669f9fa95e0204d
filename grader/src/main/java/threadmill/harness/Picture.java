package threadmill.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * Where every thread of a scenario stands, in the student's lines, and its child processes.
 *
 * @param lines one for each live thread and child process
 * @param first the line of the first thread that is inside the student's code
 */
record Picture(List<String> lines, Optional<Where> first) {
  private static final int MOST = 12;

  /** With the name that it had: a thread can change its name while others are compared to it. */
  private record Place(Thread thread, int index, String name) {}

  static Picture of(Crew crew) {
    List<String> lines = new ArrayList<>();
    Optional<Where> first = Optional.empty();
    for (Thread thread : inOrder(crew)) {
      StackTraceElement[] stack = thread.getStackTrace();
      if (stack.length == 0) {
        continue;
      }
      Optional<Where> line = Students.lineIn(stack);
      first = first.or(() -> line);
      lines.add(describe(crew, thread, stack));
    }
    Processes.alive().stream().sorted().map(Processes::describe).forEach(lines::add);
    return new Picture(lines.size() > MOST ? lines.subList(0, MOST) : lines, first);
  }

  Finding finding(Kind kind, String sentence) {
    return new Finding(kind, sentence, first, lines);
  }

  /** The crew's own in their order, then the others by name, numbers as such: 2 before 10. */
  private static List<Thread> inOrder(Crew crew) {
    List<Thread> own = crew.steps().stream().map(Step::thread).toList();
    return crew.threads().stream()
        .map(t -> new Place(t, own.contains(t) ? own.indexOf(t) : own.size(), t.getName()))
        .sorted(
            Comparator.comparingInt(Place::index)
                .thenComparingInt(place -> place.name().length())
                .thenComparing(Place::name))
        .map(Place::thread)
        .toList();
  }

  private static String describe(Crew crew, Thread thread, StackTraceElement[] stack) {
    String call =
        crew.steps().stream()
            .filter(s -> s.thread() == thread)
            .map(s -> " in " + s.call())
            .findFirst()
            .orElse("");
    String path =
        Stream.of(stack)
            .filter(Students::isTheirs)
            .limit(3)
            .map(f -> Students.where(f).toString())
            .reduce((inner, outer) -> inner + " < " + outer)
            .map(p -> " at " + p)
            .orElse("");
    String inner = stack[0].getClassName();
    String top = inner.substring(inner.lastIndexOf('.') + 1) + "." + stack[0].getMethodName();
    return thread.getName() + call + ": " + thread.getState() + path + " (" + top + ")";
  }
}
