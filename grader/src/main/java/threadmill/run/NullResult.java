package threadmill.run;

import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.harness.Crew;
import threadmill.harness.Step;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * A contract that stumbles over a null which the student's code has given it: no fault of the
 * check's. What the JVM says of a null pointer (JEP 358) tells whose object it should have been.
 */
final class NullResult {
  private static final Pattern USE =
      Pattern.compile("^Cannot [a-z ]+\"(?<type>[\\w.$]+)\\.\\w+[\"(].*");

  private static final Pattern ORIGIN =
      Pattern.compile(".*because the return value of \"(?<type>[\\w.$]+)\\.(?<method>\\w+)\\(.*");

  private NullResult() {}

  /**
   * The finding, if the null stands for an object that a submission gives.
   *
   * @param contract the class of the check
   */
  static Optional<Finding> finding(Throwable thrown, Class<?> contract) {
    // Whatever else it is may be the student's own, and hostile in every method it has.
    if (thrown.getClass() != NullPointerException.class || !isIn(contract, thrown)) {
      return Optional.empty();
    }
    String message = String.valueOf(thrown.getMessage());
    Matcher origin = ORIGIN.matcher(message);
    Matcher use = USE.matcher(message);
    if (origin.matches() && isHarness(origin.group("type"))) {
      return Optional.of(said("a call of your code returned null where a result is needed"));
    }
    if (origin.matches() && isGiven(origin.group("type"), contract)) {
      String type = simple(origin.group("type"));
      String call = type + "." + origin.group("method") + "()";
      return Optional.of(said(call + " returned null where a result is needed"));
    }
    return use.matches() && isGiven(use.group("type"), contract)
        ? Optional.of(
            said("your code gave null where a " + simple(use.group("type")) + " is needed"))
        : Optional.empty();
  }

  private static boolean isIn(Class<?> contract, Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith(contract.getPackageName() + ".");
  }

  private static Finding said(String sentence) {
    return Finding.of(Kind.CONTRACT, sentence);
  }

  private static boolean isHarness(String type) {
    return type.equals(Crew.class.getName()) || type.equals(Step.class.getName());
  }

  /** Whether a type of the exercise is the submission's or given, and no helper of the contract. */
  private static boolean isGiven(String type, Class<?> contract) {
    if (!type.startsWith(contract.getPackageName() + ".")) {
      return false;
    }
    try {
      Class<?> known = Class.forName(type, false, contract.getClassLoader());
      CodeSource source = known.getProtectionDomain().getCodeSource();
      CodeSource own = contract.getProtectionDomain().getCodeSource();
      return source != null && own != null && !source.getLocation().equals(own.getLocation());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String simple(String type) {
    return type.replaceAll(".*[.$]", "");
  }
}
