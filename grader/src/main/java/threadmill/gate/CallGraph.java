package threadmill.gate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Which method of {@code java.base} calls which, read off the class files of the running JDK. A
 * call is followed to the method that the named class has or inherits, and not into what subclasses
 * make of it: to whom an object is handed is the business of whoever hands it.
 */
final class CallGraph {
  /** One class. */
  record Node(String name, int access, List<String> parents, Map<Reference, Integer> methods) {}

  private final Map<String, Node> classes = new HashMap<>();
  private final Map<Reference, Set<Reference>> calls = new HashMap<>();

  private CallGraph() {}

  static CallGraph ofThisJdk() throws IOException {
    CallGraph graph = new CallGraph();
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        new ClassReader(Files.readAllBytes(file))
            .accept(graph.new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      }
    }
    return graph;
  }

  Collection<Node> classes() {
    return classes.values();
  }

  /** What a class declares or inherits and others may call. */
  Stream<Reference> membersOf(Node node) {
    Set<String> above = new LinkedHashSet<>(List.of(node.name()));
    Deque<String> open = new ArrayDeque<>(above);
    List<Reference> members = new ArrayList<>();
    while (!open.isEmpty()) {
      Node next = classes.get(open.remove());
      next.parents().stream().filter(classes::containsKey).filter(above::add).forEach(open::add);
      next.methods()
          .forEach(
              (method, access) -> {
                boolean inherited = next != node && method.isConstructor();
                if ((access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0 && !inherited) {
                  members.add(method);
                }
              });
    }
    return members.stream();
  }

  /**
   * By power, the methods that have it: by themselves or by what they call, directly or not.
   *
   * @param bounded which methods give a power to nobody, since what they do with it is their own
   */
  Map<Power, Set<Reference>> powers(BiPredicate<Power, Reference> bounded) {
    Map<Reference, List<Reference>> callers = new HashMap<>();
    calls.forEach(
        (caller, called) ->
            called.forEach(
                each ->
                    resolve(each)
                        .forEach(
                            to ->
                                callers.computeIfAbsent(to, t -> new ArrayList<>()).add(caller))));
    Map<Power, Set<Reference>> powers = new EnumMap<>(Power.class);
    for (Power power : Power.values()) {
      powers.put(power, reached(power, callers, bounded));
    }
    return powers;
  }

  private Set<Reference> reached(
      Power power, Map<Reference, List<Reference>> callers, BiPredicate<Power, Reference> bounded) {
    Set<Reference> reached = new LinkedHashSet<>();
    Deque<Reference> open = new ArrayDeque<>();
    for (Node node : classes.values()) {
      for (Reference method : node.methods().keySet()) {
        if (Power.of(node.name(), method.member()).filter(power::equals).isPresent()
            && reached.add(method)) {
          open.add(method);
        }
      }
    }
    while (!open.isEmpty()) {
      Reference next = open.remove();
      if (!bounded.test(power, next)) {
        for (Reference caller : callers.getOrDefault(next, List.of())) {
          if (reached.add(caller)) {
            open.add(caller);
          }
        }
      }
    }
    reached.removeIf(method -> bounded.test(power, method));
    return reached;
  }

  /** The method that a call comes to in the class that it names: the nearest one above it. */
  private Stream<Reference> resolve(Reference call) {
    Deque<String> open = new ArrayDeque<>(List.of(call.type()));
    Set<String> seen = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      Node node = classes.get(open.remove());
      if (node == null) {
        continue;
      }
      Reference here = new Reference(node.name(), call.member(), call.descriptor());
      if (node.methods().containsKey(here)) {
        return Stream.of(here);
      }
      node.parents().stream().filter(seen::add).forEach(open::add);
    }
    return Stream.empty();
  }

  private final class Reader extends ClassVisitor {
    private String owner;
    private final Map<Reference, Integer> methods = new HashMap<>();

    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version, int access, String name, String sig, String superName, String[] interfaces) {
      owner = name.replace('/', '.');
      List<String> parents = new ArrayList<>();
      if (superName != null) {
        parents.add(superName.replace('/', '.'));
      }
      for (String parent : interfaces) {
        parents.add(parent.replace('/', '.'));
      }
      classes.put(owner, new Node(owner, access, parents, methods));
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      Reference method = Reference.to(owner, name, descriptor);
      Set<Reference> called = new LinkedHashSet<>();
      methods.put(method, access);
      calls.put(method, called);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String type, String member, String descriptor, boolean onInterface) {
          called.add(Reference.to(type, member, descriptor));
        }

        @Override
        public void visitInvokeDynamicInsn(
            String member, String descriptor, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              called.add(Reference.to(handle.getOwner(), handle.getName(), handle.getDesc()));
            }
          }
        }
      };
    }
  }
}
