package threadmill.run;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The class path that a child JVM gets: found through classes that are known, never inherited, so
 * that nothing of the build (a reference, say) can answer for what a student forgot.
 */
public final class ClassPaths {
  static final String GRADER = "threadmill.run.ChildMain";

  private static final List<String> NEEDED =
      List.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.params.ParameterizedTest",
          "org.junit.jupiter.engine.JupiterTestEngine",
          "org.junit.platform.commons.JUnitException",
          "org.junit.platform.engine.TestEngine",
          "org.junit.platform.launcher.Launcher",
          "org.opentest4j.AssertionFailedError",
          "org.apiguardian.api.API",
          "net.jqwik.api.Property",
          "net.jqwik.engine.JqwikTestEngine",
          "com.tngtech.archunit.core.importer.ClassFileImporter",
          "org.slf4j.Logger",
          "org.slf4j.nop.NOPServiceProvider",
          "org.awaitility.Awaitility",
          "org.hamcrest.Matcher",
          "org.objectweb.asm.ClassReader",
          "org.objectweb.asm.tree.ClassNode",
          "org.objectweb.asm.commons.ClassRemapper");

  private ClassPaths() {}

  /**
   * The grader, the libraries that contracts use, and the explorer's copies of the JDK's classes,
   * where there are any.
   */
  public static String ofChild() {
    return ClassArchive.withCopies(ofGrader());
  }

  /** Whether an entry is a module of ours: the grader, or the copies. */
  static boolean isModule(String entry) {
    Path path = Path.of(entry);
    return path.equals(GraderModule.jar()) || ClassArchive.isCopies(path);
  }

  /** Libraries are those beside its jar, so that one archive serves whoever starts the grader. */
  static String ofGrader() {
    Set<Path> entries = new LinkedHashSet<>();
    Path ownLibraries = home(GRADER).resolveSibling("lib");
    entries.add(GraderModule.jar());
    for (String name : NEEDED) {
      Path home = home(name);
      Path own = ownLibraries.resolve(home.getFileName());
      entries.add(Files.exists(own) ? own : home);
    }
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The checkout that the grader's jar was built in, or nothing if it lies elsewhere. */
  static Optional<Path> checkout() {
    Path jar = home(NEEDED.get(0));
    return jar.endsWith("grader/target/threadmill.jar")
        ? Optional.of(jar.getParent().getParent().getParent())
        : Optional.empty();
  }

  /** The jar or folder that a class comes from. */
  static Path home(String className) {
    try {
      Class<?> type = Class.forName(className, false, ClassPaths.class.getClassLoader());
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("a library of the grader is missing: " + className, e);
    }
  }
}
