package threadmill.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import threadmill.explore.SelfCheck;
import threadmill.explore.weave.Copies;
import threadmill.harness.Crew;
import threadmill.harness.Structure;
import threadmill.run.Wire.Ask;

/** Does once what child JVMs do, so that {@link ClassArchive} learns which classes they load. */
final class Rehearsal {
  private static final String SOURCE =
      "final class Toy { int n; synchronized int next(int by) { return Math.addExact(n, by); } }";

  private Rehearsal() {}

  /**
   * @param args a folder to work in
   */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    Path folder = Path.of(args[0]);
    Path source = Files.writeString(folder.resolve("Toy.java"), SOURCE);
    CompilerMain.main(new String[] {args[0], args[0], "17", "1", source.toString()});
    if (Copies.areReady()) {
      for (String copy : Copies.names()) {
        load(copy);
      }
    }
    for (String check : new String[] {"a_test", "a_property"}) {
      CheckRun.run(new Ask("", Checks.class.getName(), check, 1, 60, ""));
    }
  }

  private static void load(String copy) throws ClassNotFoundException {
    try {
      Copies.of(copy);
    } catch (IncompatibleClassChangeError e) {
      // What implements a sealed interface of the JDK's can have no copy elsewhere.
    }
  }

  static final class Checks {
    @Test
    void a_test() throws Exception {
      try (Crew crew = new Crew()) {
        crew.done("rehearse", () -> {});
      }
      SelfCheck.complaint();
      Structure.of(Checks.class).holds();
    }

    @Property(tries = 2)
    boolean a_property(@ForAll int number) {
      return Arbitraries.integers().list().sample().size() >= 0;
    }
  }
}
