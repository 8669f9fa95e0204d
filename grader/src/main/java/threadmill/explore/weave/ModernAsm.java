package threadmill.explore.weave;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/**
 * ASM itself with stack maps. Its class files are of Java 5, which no class-data archive takes and
 * only the old verifier knows; of all that a JVM needs before it explores, to load them takes
 * longest.
 */
final class ModernAsm {
  private static final List<Class<?>> OF_EACH_JAR =
      List.of(ClassReader.class, ClassNode.class, Remapper.class);

  private ModernAsm() {}

  /** Adds all of its classes to a jar and answers their packages, with slashes. */
  static Set<String> addTo(ZipOutputStream jar) throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Class<?> type : OF_EACH_JAR) {
      try (ZipFile library = new ZipFile(home(type).toFile())) {
        for (ZipEntry entry : library.stream().filter(ModernAsm::isClass).toList()) {
          String path = entry.getName();
          packages.add(path.substring(0, path.lastIndexOf('/')));
          jar.putNextEntry(new ZipEntry(path));
          jar.write(modern(library.getInputStream(entry).readAllBytes()));
        }
      }
    }
    return packages;
  }

  private static Path home(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class");
  }

  private static byte[] modern(byte[] old) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    ClassVisitor raised =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              String sign,
              String above,
              String[] interfaces) {
            super.visit(Opcodes.V11, access, name, sign, above, interfaces);
          }
        };
    new ClassReader(old).accept(raised, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
