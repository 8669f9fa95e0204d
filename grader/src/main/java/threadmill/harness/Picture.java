package threadmill.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * Where every thread of a scenario stands, in the student's lines, and its child processes.
 *
 * @param lines one for each live thread and child process
 * @param first the line of the first thread that is inside the student's code; of threads that
 *     chance has put in order, the first line
 */
record Picture(List<String> lines, Optional<Where> first) {
  private static final int MOST = 12;

  /** With the name that it had: a thread can change its name while others are compared to it. */
  private record Place(Thread thread, int index, String name) {}

  static Picture of(Crew crew) {
    List<String> lines = new ArrayList<>();
    Map<Integer, List<Where>> places = new TreeMap<>();
    for (Place place : inOrder(crew)) {
      Thread thread = place.thread();
      StackTraceElement[] stack = thread.getStackTrace();
      if (stack.length == 0) {
        continue;
      }
      lineToTell(thread, stack)
          .ifPresent(l -> places.computeIfAbsent(place.index(), i -> new ArrayList<>()).add(l));
      lines.add(describe(crew, thread, stack));
    }
    Optional<Where> first = places.values().stream().findFirst().flatMap(Students::firstOf);
    Processes.alive().stream().sorted().map(Processes::describe).forEach(lines::add);
    return new Picture(lines.size() > MOST ? lines.subList(0, MOST) : lines, first);
  }

  Finding finding(Kind kind, String sentence) {
    return new Finding(kind, sentence, first, lines);
  }

  /** Where it waits, or where the method begins in which a thread that moves may be anywhere. */
  private static Optional<Where> lineToTell(Thread thread, StackTraceElement[] stack) {
    Thread.State state = thread.getState();
    boolean waits = state == Thread.State.WAITING || state == Thread.State.BLOCKED;
    return waits ? Students.lineIn(stack) : Students.beginningIn(stack);
  }

  /**
   * The crew's own in their order, those that were started at once as one, then all others; by name
   * among those of one place, numbers as such: 2 before 10.
   */
  private static List<Place> inOrder(Crew crew) {
    Map<Thread, Integer> own = new HashMap<>();
    Map<Object, Integer> gates = new IdentityHashMap<>();
    for (Step<?> step : crew.steps()) {
      own.put(step.thread(), gates.computeIfAbsent(step.gate(), gate -> own.size()));
    }
    return crew.threads().stream()
        .map(t -> new Place(t, own.getOrDefault(t, Integer.MAX_VALUE), t.getName()))
        .sorted(
            Comparator.comparingInt(Place::index)
                .thenComparingInt(place -> place.name().length())
                .thenComparing(Place::name))
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
