package threadmill.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.run.Grader;

/** How well submissions must be, or exactly are, confined. */
final class LevelMixin {
  @Option(
      names = "--require-level",
      paramLabel = "LEVEL",
      converter = Words.class,
      description = {
        "Do not grade unless submissions are confined at least so well:",
        "A+, A, A-root, B or D. See: threadmill doctor."
      })
  private Level required;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = Words.class,
      description = "Confine at exactly this level. Default: the strongest of this machine.")
  private Level exactly;

  /** A grader at the level that was asked for; throws as {@link #jail} does. */
  Grader grader(Kit kit) {
    return Grader.of(kit, jail(kit));
  }

  /**
   * A jail of the level that was asked for.
   *
   * @throws KitException saying what is missing, if this machine does not give it
   */
  Jail jail(Kit kit) {
    Levels levels = Grader.levels(kit);
    try {
      Jail jail = exactly == null ? levels.strongest() : levels.at(exactly);
      if (required != null && !jail.level().isAtLeast(required)) {
        String has = "--require-level " + required + ": this is level " + jail.level();
        String why = levels.obstacle(required).map(w -> "; " + required + " " + w).orElse("");
        throw new KitException(has + why);
      }
      return jail;
    } catch (IllegalArgumentException e) {
      throw new KitException(e.getMessage(), e);
    }
  }

  /** Understands a level as people write it. */
  static final class Words implements ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      return Arrays.stream(Level.values())
          .filter(level -> level.words().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is no isolation level; there are " + all()));
    }

    private static String all() {
      return Arrays.stream(Level.values()).map(Level::words).collect(Collectors.joining(", "));
    }
  }
}
