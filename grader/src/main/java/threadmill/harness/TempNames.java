package threadmill.harness;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.model.Finding;

/**
 * Writes the names of files in a child's temporary folder as {@code TMP/order….bin}: without a
 * folder that is gone when somebody reads of it, and the same each time. Immutable.
 */
public final class TempNames {
  private static final Pattern NUMBER = Pattern.compile("\\d{6,}");

  private final Pattern path;

  /**
   * @param folder of a child, or the one in which children have folders {@code c1234…}
   */
  public TempNames(Path folder) {
    path = Pattern.compile(Pattern.quote(folder.toString()) + "(?:/c\\d+)?+([^\\s'\":;,]*+)");
  }

  public String plain(String text) {
    return path.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement("TMP" + NUMBER.matcher(found.group(1)).replaceAll("…")));
  }

  public Finding plain(Finding finding) {
    return new Finding(
        finding.kind(),
        plain(finding.sentence()),
        finding.where(),
        finding.evidence().stream().map(this::plain).toList(),
        finding.trace(),
        finding.costsAll());
  }
}
