package threadmill.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import threadmill.model.Check;
import threadmill.model.Exercise;

/**
 * Compiles what is the kit's own (given files, stubs, contracts) and keeps it, by the hash of the
 * sources, between runs. Thread-safe; several processes may share one kit.
 */
public final class Workshop {
  /**
   * One exercise, ready for submissions.
   *
   * @param given class files that a submission is compiled against and runs beside
   * @param contract class files of the tests
   * @param checks in the order of the contract's source
   * @param api what a submission must offer
   */
  public record Bench(Exercise exercise, Path given, Path contract, List<Check> checks, Api api) {}

  private static final String RELEASE = "17";
  private final Kit kit;
  private final String classPath;
  private final Map<String, Bench> benches = new ConcurrentHashMap<>();

  /**
   * @param classPath what contracts are compiled against: the grader and its libraries
   */
  public Workshop(Kit kit, String classPath) {
    this.kit = kit;
    this.classPath = classPath;
  }

  /**
   * The bench of an exercise, built on first use.
   *
   * @throws KitException if the kit's own sources do not compile
   */
  public Bench bench(Exercise exercise) {
    return benches.computeIfAbsent(exercise.id(), id -> build(exercise));
  }

  private Bench build(Exercise exercise) {
    Path home = kit.workshop().resolve(exercise.id()).resolve(hash(exercise));
    if (!Files.isDirectory(home)) {
      fill(exercise, home);
    }
    List<Check> checks = ContractReader.read(home.resolve("contract"));
    Api api = Api.of(home.resolve("stubs"));
    return new Bench(exercise, home.resolve("given"), home.resolve("contract"), checks, api);
  }

  private void fill(Exercise exercise, Path home) {
    try {
      Files.createDirectories(home.getParent());
      // A temporary folder would be its owner's alone, whatever the umask says.
      Path draft =
          Files.createDirectory(
              home.resolveSibling(
                  "draft" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
      Path given = Files.createDirectory(draft.resolve("given"));
      Path stubs = Files.createDirectory(draft.resolve("stubs"));
      Path contract = Files.createDirectory(draft.resolve("contract"));
      compile(exercise.given(), "", given);
      compile(exercise.stubs(), given.toString(), stubs);
      String all =
          String.join(java.io.File.pathSeparator, classPath, given.toString(), stubs.toString());
      compile(exercise.contracts(), all, contract);
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // If another process was quicker, its result is the same.
      if (!Files.isDirectory(home)) {
        throw new KitException("cannot write " + home + ": " + e.getMessage(), e);
      }
    }
  }

  private static void compile(List<Path> sources, String classPath, Path into) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new KitException("this is a Java runtime without a compiler; Threadmill needs a JDK");
    }
    List<String> options =
        List.of(
            "-proc:none",
            "-g",
            "-encoding",
            "UTF-8",
            "--release",
            RELEASE,
            "-d",
            into.toString(),
            "-cp",
            classPath.isEmpty() ? into.toString() : classPath);
    var messages = new java.io.StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new KitException("the kit's own sources do not compile:\n" + messages);
      }
    }
  }

  private String hash(Exercise exercise) {
    List<Path> all = new ArrayList<>(exercise.given());
    all.addAll(exercise.stubs());
    all.addAll(exercise.contracts());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((Kit.version() + stampOfGrader()).getBytes(StandardCharsets.UTF_8));
      for (Path file : all) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw new KitException("cannot read the sources of " + exercise.id(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The harness's own API may change under an unchanged contract. */
  private static String stampOfGrader() {
    try {
      Path code =
          Path.of(
              threadmill.harness.Crew.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      Path file = Files.isDirectory(code) ? code.resolve("threadmill/harness/Crew.class") : code;
      return Files.getLastModifiedTime(file).toString();
    } catch (IOException | java.net.URISyntaxException e) {
      return "";
    }
  }
}
