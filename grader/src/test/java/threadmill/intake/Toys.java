package threadmill.intake;

import java.nio.file.Path;
import java.util.List;
import threadmill.model.Exercise;

/** Two exercises without a kit: a stub each, and a given file for the first. */
final class Toys {
  static final Exercise COUNTER = exercise("toys.counter", "Counter.java", List.of("Step.java"));
  static final Exercise GATE = exercise("toys.gate", "Gate.java", List.of());
  static final List<Exercise> ALL = List.of(COUNTER, GATE);

  static final String COUNTER_JAVA = "package toys.counter;\n\npublic class Counter {}\n";
  static final String GATE_JAVA = "package toys.gate;\n\npublic class Gate {}\n";

  private Toys() {}

  private static Exercise exercise(String id, String stub, List<String> given) {
    return new Exercise(
        id,
        "1.1",
        id,
        1,
        1,
        17,
        false,
        List.of(),
        Path.of("README.md"),
        List.of(Path.of("stubs", stub)),
        given.stream().map(name -> Path.of("given", name)).toList(),
        List.of());
  }
}
