package bench.peer;

import bench.peer.Verdict.Answer;
import bench.programs.Scenes;
import java.util.Arrays;
import java.util.Optional;
import threadmill.explore.Explorer;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Asks Threadmill's explorer about one program: name, schedules, milliseconds, seed. */
public final class Exploring {
  private Exploring() {}

  public static void main(String[] args) {
    String name = args[0];
    int budget = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[3]);
    Verdict.by(Long.parseLong(args[2]), () -> 0);
    long start = System.nanoTime();
    Explorer.Result result =
        explorer().explore(Scenes.class.getName(), "play", Arrays.asList(null, name), budget, seed);
    Optional<Finding> finding = result.finding();
    Answer answer =
        finding.isEmpty()
            ? Answer.NOTHING_FOUND
            : finding.get().kind() == Kind.INCONCLUSIVE ? Answer.UNDECIDED : Answer.WRONG;
    String words =
        finding.map(f -> f.kind() + ": " + f.sentence()).orElse(result.coverage())
            + result.schedule().map(s -> " [" + s + "]").orElse("");
    Verdict.now(answer, result.schedules(), start, words).print();
  }

  /** The explorer over the bench's programs. */
  public static Explorer explorer() {
    return new Explorer(
        Exploring.class.getClassLoader(),
        n -> n.startsWith("bench.programs."),
        n -> n.startsWith("bench.programs."));
  }
}
