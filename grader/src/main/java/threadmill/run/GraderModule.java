package threadmill.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;
import threadmill.explore.weave.Copies;

/**
 * The grader's classes as a named module, a jar that is made when first wanted and again when they
 * are newer. Contracts use what it exports; everything else, the state of what is exported
 * included, is out of reach of the code that runs beside it. Thread-safe.
 */
final class GraderModule {
  static final String NAME = "threadmill.grader";

  /** What contracts are written with. */
  private static final List<String> EXPORTED =
      List.of("threadmill/explore", "threadmill/harness", "threadmill/model");

  /** What the copies of the JDK's classes call; scenarios get it when they are loaded. */
  private static final String HOOKS = "threadmill/explore/sim";

  private static final List<String> REQUIRED =
      List.of("java.compiler", "java.logging", "java.management");

  private static Path jar;

  private GraderModule() {}

  /**
   * The jar, beside the grader's own or, where nobody may write, in a temporary folder.
   *
   * @throws IllegalStateException if it can be written nowhere
   */
  static synchronized Path jar() {
    if (jar == null) {
      Path home = ClassPaths.home(ClassPaths.GRADER);
      try {
        jar = made(home, home.resolveSibling("module.jar"));
      } catch (IOException e) {
        jar = inTemporaryFolder(home, e);
      }
    }
    return jar;
  }

  private static Path inTemporaryFolder(Path home, IOException reason) {
    try {
      return made(home, WorkFolders.create().resolve("module.jar"));
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw new IllegalStateException("the grader's module cannot be written", e);
    }
  }

  private static Path made(Path home, Path wanted) throws IOException {
    if (Files.isDirectory(home)) {
      return isFresh(wanted, home) ? wanted : make(home, wanted);
    }
    if (isFresh(wanted, home)) {
      return wanted;
    }
    URI inside = URI.create("jar:" + home.toUri());
    try (FileSystem zip = FileSystems.newFileSystem(inside, Map.of())) {
      return make(zip.getPath("/"), wanted);
    }
  }

  private static boolean isFresh(Path wanted, Path home) throws IOException {
    if (!Files.exists(wanted)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(wanted);
    try (Stream<Path> sources = Files.walk(home)) {
      for (Path source : sources.toList()) {
        if (Files.getLastModifiedTime(source).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static Path make(Path classes, Path wanted) throws IOException {
    Path draft = Files.createTempFile(wanted.getParent(), "module", ".jar");
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(draft));
          ZipOutputStream zip = new ZipOutputStream(file);
          Stream<Path> found = Files.walk(classes)) {
        Set<String> packages = new TreeSet<>();
        for (Path each : found.filter(Files::isRegularFile).sorted().toList()) {
          String name = classes.relativize(each).toString().replace('\\', '/');
          if (name.endsWith(".class")) {
            packages.add(name.substring(0, name.lastIndexOf('/')));
          }
          if (!name.startsWith("META-INF/")) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(each, zip);
          }
        }
        zip.putNextEntry(new ZipEntry("module-info.class"));
        zip.write(descriptor(packages));
      }
      draft.toFile().setReadable(true, false);
      return Files.move(draft, wanted, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static byte[] descriptor(Set<String> packages) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
    ModuleVisitor module = writer.visitModule(NAME, 0, null);
    packages.forEach(module::visitPackage);
    module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
    REQUIRED.forEach(name -> module.visitRequire(name, 0, null));
    EXPORTED.forEach(name -> module.visitExport(name, 0));
    module.visitExport(HOOKS, 0, Copies.MODULE);
    module.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
