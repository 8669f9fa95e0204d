package threadmill.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a folder of class files offers to others: public types and their public or protected
 * members.
 *
 * @param members by type, each in the words of its declaration
 */
public record Api(Map<String, Set<String>> members) {
  /** Reads the API from class files, without loading them. */
  public static Api of(Path classes) {
    Map<String, Set<String>> members = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        new ClassReader(Files.readAllBytes(file)).accept(new Members(members), 0);
      }
    } catch (IOException e) {
      throw new KitException("cannot read the class files in " + classes, e);
    }
    return new Api(members);
  }

  /** What this API has and the other lacks, as sentences' objects; empty if nothing. */
  public List<String> missingIn(Api other) {
    List<String> missing = new ArrayList<>();
    members.forEach(
        (type, wanted) -> {
          Set<String> offered = other.members.get(type);
          if (offered == null) {
            missing.add("the public type " + type.substring(type.lastIndexOf('.') + 1));
          } else {
            wanted.stream().filter(m -> !offered.contains(m)).forEach(missing::add);
          }
        });
    return missing;
  }

  private static final class Members extends ClassVisitor {
    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    private final Map<String, Set<String>> members;
    private Set<String> mine;
    private String simpleName;

    Members(Map<String, Set<String>> members) {
      super(Opcodes.ASM9);
      this.members = members;
    }

    @Override
    public void visit(
        int version, int access, String name, String sig, String superName, String[] interfaces) {
      String dotted = name.replace('/', '.');
      simpleName = dotted.replaceAll(".*[.$]", "");
      if ((access & Opcodes.ACC_PUBLIC) != 0) {
        mine = members.computeIfAbsent(dotted, t -> new java.util.TreeSet<>());
        for (String type : interfaces) {
          mine.add(simpleName + " implements " + type.replace('/', '.'));
        }
      }
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String sig, Object value) {
      if (mine != null && (access & VISIBLE) != 0) {
        mine.add(words(access) + simple(Type.getType(descriptor)) + " " + name);
      }
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String sig, String[] thrown) {
      boolean generated = (access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) != 0;
      if (mine != null && (access & VISIBLE) != 0 && !generated) {
        mine.add(declaration(access, name, descriptor));
      }
      return null;
    }

    private String declaration(int access, String name, String descriptor) {
      String parameters =
          Stream.of(Type.getArgumentTypes(descriptor))
              .map(Members::simple)
              .collect(Collectors.joining(", ", "(", ")"));
      return name.equals("<init>")
          ? words(access) + simpleName + parameters
          : words(access) + simple(Type.getReturnType(descriptor)) + " " + name + parameters;
    }

    private static String words(int access) {
      String visibility = (access & Opcodes.ACC_PUBLIC) != 0 ? "public " : "protected ";
      return (access & Opcodes.ACC_STATIC) != 0 ? visibility + "static " : visibility;
    }

    private static String simple(Type type) {
      return type.getClassName().replaceAll("[\\w.]*[.$](\\w)", "$1");
    }
  }
}
