package threadmill.explore.weave;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;
import threadmill.explore.sim.Fields;
import threadmill.explore.sim.Names;

/**
 * Copies of the JDK's classes, woven in advance, and what weaves the others: a jar to begin the
 * class path of a JVM that explores, or a module of it. Woven code names fields by number, so the
 * jar says which numbers it was woven with. It serves the very JVM version that made it; any other
 * weaves its copies itself, as it needs them.
 */
public final class Copies {
  /** What the jar is called where it is a module. */
  public static final String MODULE = "threadmill.copies";

  /** The module of the explorer, where it is one. */
  private static final String EXPLORER = "threadmill.grader";

  /** In no package, or it would belong to the module alone. */
  private static final String INDEX = "META-INF/explored.fields";

  private static final boolean READY = load();

  private Copies() {}

  /** Whether the class loader of the explorer has them. */
  public static boolean areReady() {
    return READY;
  }

  /** Without initializing it. */
  public static Class<?> of(String name) throws ClassNotFoundException {
    return Class.forName(name, false, Copies.class.getClassLoader());
  }

  /** The names of all of them. */
  public static List<String> names() throws IOException {
    Relocation relocation = new Relocation(new ClassFacts(Copies.class.getClassLoader()), true);
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    try (Stream<Path> files = Files.walk(base.resolve("java/util"))) {
      return files
          .map(file -> base.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .filter(name -> relocation.map(name).equals(Names.PREFIX + name))
          .map(name -> (Names.PREFIX + name).replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  /**
   * Weaves them all, and adds {@link ModernAsm}.
   *
   * @param args the jar to be written
   */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Loom loom = new Loom(Copies.class.getClassLoader());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      Set<String> packages = new TreeSet<>();
      for (String name : names()) {
        String path = name.replace('.', '/');
        packages.add(path.substring(0, path.lastIndexOf('/')));
        zip.putNextEntry(new ZipEntry(path + ".class"));
        zip.write(loom.woven(name));
      }
      packages.addAll(ModernAsm.addTo(zip));
      zip.putNextEntry(new ZipEntry("module-info.class"));
      zip.write(moduleOf(packages));
      zip.putNextEntry(new ZipEntry(INDEX));
      PrintStream index = new PrintStream(zip, false, StandardCharsets.UTF_8);
      index.println(System.getProperty("java.vm.version"));
      Fields.all().forEach(index::println);
      index.flush();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  /** Everything in it can be used, and nothing of it be looked into by anybody but us. */
  private static byte[] moduleOf(Set<String> packages) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
    ModuleVisitor module = writer.visitModule(MODULE, 0, null);
    module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
    packages.forEach(name -> module.visitExport(name, 0));
    packages.stream()
        .filter(name -> name.startsWith(Names.PREFIX))
        .forEach(name -> module.visitOpen(name, 0, EXPLORER));
    module.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static boolean load() {
    try (InputStream in = Copies.class.getClassLoader().getResourceAsStream(INDEX)) {
      if (in == null) {
        return false;
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return System.getProperty("java.vm.version").equals(lines.readLine())
          && Fields.begin(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
