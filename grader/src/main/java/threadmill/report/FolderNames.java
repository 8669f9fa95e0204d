package threadmill.report;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of report folders for the submissions of one run: any name in, a name out that every file
 * system and archive takes, and that no other submission of the run has, also where upper and lower
 * case are the same. Letters of all scripts stay; a name that had to be changed carries a hash of
 * what it was. Not thread-safe.
 */
public final class FolderNames {
  /** A file's name has 255 bytes; a number and an ending must still fit. */
  private static final int LONGEST = 220;

  private static final int HASH_DIGITS = 8;

  /** What no file system, or not every one, takes in a name. */
  private static final Pattern UNFIT =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]");

  private static final Pattern ENDS = Pattern.compile("^[. ]|[. ]$");

  /** The devices of Windows, with any ending; and our own files beside the folders. */
  private static final Pattern TAKEN =
      Pattern.compile(
          "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]) *(\\..*)?|audit\\..*",
          Pattern.CASE_INSENSITIVE);

  private final Set<String> given = new HashSet<>();

  /** The folder of the next submission; those of the same name are numbered. */
  public String next(String submission) {
    String plain = plain(submission);
    String free = plain;
    for (int i = 2; !given.add(free.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)); i++) {
      free = plain + "-" + i;
    }
    return free;
  }

  private static String plain(String submission) {
    String composed = Normalizer.normalize(submission, Normalizer.Form.NFC);
    String fit = UNFIT.matcher(composed).replaceAll("_");
    fit = ENDS.matcher(fit).replaceAll("_");
    fit = TAKEN.matcher(fit).matches() ? "_" + fit : fit;
    fit = cut(fit);
    return fit.equals(composed) && !fit.isEmpty()
        ? fit
        : fit
            + "_"
            + AuditLog.hash(submission.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
  }

  private static String cut(String name) {
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }
}
