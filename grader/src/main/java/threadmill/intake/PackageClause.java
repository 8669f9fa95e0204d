package threadmill.intake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the package that a Java source declares, without parsing the rest of it. */
final class PackageClause {
  private static final Pattern BLANK =
      Pattern.compile("\\G(?:\\s++|//[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/)");
  private static final Pattern CLAUSE =
      Pattern.compile("\\Gpackage\\s++([\\p{javaJavaIdentifierPart}.\\s]++);");

  private PackageClause() {}

  static Optional<String> of(String source) {
    int at = source.startsWith("\uFEFF") ? 1 : 0;
    Matcher blank = BLANK.matcher(source);
    while (blank.find(at) && blank.start() == at) {
      at = blank.end();
    }
    Matcher clause = CLAUSE.matcher(source);
    boolean found = clause.find(at) && clause.start() == at;
    return found ? Optional.of(clause.group(1).replaceAll("\\s", "")) : Optional.empty();
  }
}
