package threadmill.explore.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What class files say of fields and ancestors, without loading any class. Not thread-safe. */
final class ClassFacts {
  /** A class file in brief. */
  record Facts(
      String name,
      int access,
      String superName,
      Set<String> interfaces,
      Map<String, Integer> fields,
      Set<String> methods) {}

  private final ClassLoader source;
  private final Map<String, Facts> known = new HashMap<>();

  ClassFacts(ClassLoader source) {
    this.source = source;
  }

  /** The bytes of a class, the JDK's own included, or null. */
  byte[] bytes(String name) {
    try (InputStream in = stream(name + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }

  private InputStream stream(String path) throws IOException {
    InputStream in = source.getResourceAsStream(path);
    return in != null ? in : Object.class.getModule().getResourceAsStream(path);
  }

  Facts of(String name) {
    if (!known.containsKey(name)) {
      byte[] bytes = name.startsWith("[") ? null : bytes(name);
      known.put(name, bytes == null ? null : read(bytes));
    }
    return known.get(name);
  }

  /** The class that declares a field which code names by a class that may have inherited it. */
  String declarer(String owner, String field) {
    for (Facts f = of(owner); f != null; f = f.superName() == null ? null : of(f.superName())) {
      if (f.fields().containsKey(field)) {
        return f.name();
      }
      for (String each : f.interfaces()) {
        Facts from = of(each);
        if (from != null && from.fields().containsKey(field)) {
          return from.name();
        }
      }
    }
    return owner;
  }

  int fieldAccess(String declarer, String field) {
    Facts facts = of(declarer);
    return facts == null
        ? Opcodes.ACC_FINAL
        : facts.fields().getOrDefault(field, Opcodes.ACC_FINAL);
  }

  /** Whether a method that code names by a class is the one of that ancestor, not overridden. */
  boolean inherits(String owner, String method, String descriptor, String ancestor) {
    for (Facts f = of(owner); f != null; f = f.superName() == null ? null : of(f.superName())) {
      if (f.name().equals(ancestor)) {
        return true;
      }
      if (f.methods().contains(method + descriptor)) {
        return false;
      }
    }
    return false;
  }

  private static Facts read(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Map<String, Integer> fields = new HashMap<>();
    Set<String> methods = new HashSet<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public FieldVisitor visitField(
              int access, String name, String descriptor, String signature, Object value) {
            fields.put(name, access);
            return null;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            methods.add(name + descriptor);
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new Facts(
        reader.getClassName(),
        reader.getAccess(),
        reader.getSuperName(),
        Set.of(reader.getInterfaces()),
        fields,
        methods);
  }
}
