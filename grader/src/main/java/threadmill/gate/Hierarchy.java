package threadmill.gate;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Who extends whom, and who declares what, among submitted classes and those of the JDK. */
final class Hierarchy {
  private record Member(String name, String descriptor) {}

  /** What of a class matters here. */
  private record Head(List<String> parents, Set<Member> members) {}

  private final Map<String, Optional<Head>> heads = new HashMap<>();
  private final Map<String, Set<String>> above = new HashMap<>();

  void add(ClassReader reader) {
    HeadReader head = new HeadReader();
    reader.accept(head, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    heads.put(head.name, Optional.of(new Head(head.parents, head.members)));
  }

  /** A type and everything above it, the nearest first. */
  Set<String> upFrom(String type) {
    return above.computeIfAbsent(type, this::search);
  }

  private Set<String> search(String type) {
    Set<String> all = new LinkedHashSet<>(List.of(type));
    List<String> open = new ArrayList<>(all);
    for (int i = 0; i < open.size(); i++) {
      for (String parent : head(open.get(i)).map(Head::parents).orElse(List.of())) {
        if (all.add(parent)) {
          open.add(parent);
        }
      }
    }
    return all;
  }

  /** Of a member's type and all above it those that declare it, the nearest first. */
  List<String> declaring(Reference reference) {
    if (!reference.isMember()) {
      return List.of();
    }
    Member member = new Member(reference.member(), reference.descriptor());
    return upFrom(reference.type()).stream().filter(above -> declares(above, member)).toList();
  }

  private boolean declares(String type, Member member) {
    return head(type).map(h -> h.members().contains(member)).orElse(false);
  }

  private Optional<Head> head(String type) {
    if (!heads.containsKey(type)) {
      heads.put(type, Optional.empty());
      String resource = type.replace('.', '/') + ".class";
      try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(resource)) {
        if (in != null) {
          add(new ClassReader(in));
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return heads.get(type);
  }

  private static final class HeadReader extends ClassVisitor {
    private final List<String> parents = new ArrayList<>();
    private final Set<Member> members = new HashSet<>();
    private String name;

    HeadReader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version, int access, String type, String sig, String superName, String[] interfaces) {
      name = type.replace('/', '.');
      if (superName != null) {
        parents.add(superName.replace('/', '.'));
      }
      for (String parent : interfaces) {
        parents.add(parent.replace('/', '.'));
      }
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      String plain = method.equals("<init>") ? Reference.CONSTRUCTOR : method;
      members.add(new Member(plain, descriptor));
      return null;
    }

    @Override
    public FieldVisitor visitField(
        int access, String field, String descriptor, String signature, Object value) {
      members.add(new Member(field, descriptor));
      return null;
    }
  }
}
