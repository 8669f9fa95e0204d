package threadmill.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;
import threadmill.model.FileNames;

/** Words of commands that are printed to be pasted into a shell (POSIX, 2.2 Quoting). */
final class ShellWord {
  private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** A path, as a URI where the terminal could not show it as it is. */
  static String of(Path path) {
    String text = FileNames.text(path);
    return of(Terminal.shows(text) ? text : path.toUri().toString());
  }

  /** The word as it stands if the shell takes it for nothing else, or in quotes. */
  static String of(String word) {
    if (word.startsWith("-")) {
      // No quotes would keep it from being an option.
      return of("./" + word);
    }
    return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
