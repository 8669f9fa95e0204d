package threadmill.explore;

import java.util.List;
import threadmill.explore.sim.Stage;

/** The explorer over the small programs that the tests keep in the package {@code programs}. */
final class Programs {
  private static final Explorer EXPLORER =
      new Explorer(
          Programs.class.getClassLoader(),
          name -> name.startsWith("programs."),
          name -> name.startsWith("programs."));

  private Programs() {}

  static Explorer explorer() {
    return EXPLORER;
  }

  static Stage stage(String type, String method, List<?> arguments) {
    return EXPLORER.stage(type, method, arguments);
  }
}
