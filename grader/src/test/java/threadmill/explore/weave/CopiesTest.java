package threadmill.explore.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import threadmill.explore.sim.Names;

/**
 * Whatever the JDK's own concurrent classes and collections call, their copies can call: else a
 * right program that uses them could not be explored.
 */
class CopiesTest {
  /**
   * Used only where there is a security manager, by a preview, and to write properties to files.
   */
  private static final List<String> UNREACHED =
      List.of(
          "sun.security.util.SecurityConstants",
          "jdk.internal.lang.stable.",
          "jdk.internal.util.xml.",
          "sun.nio.cs.");

  private final Loom loom = new Loom(CopiesTest.class.getClassLoader());
  private final ClassLoader copies =
      new ExploringLoader(loom, CopiesTest.class.getClassLoader(), name -> false);
  private final Set<String> missing = new TreeSet<>();

  @Test
  void every_copy_finds_the_methods_and_fields_that_it_names() throws Exception {
    for (String name : Copies.names()) {
      new ClassReader(loom.woven(name)).accept(new Caller(name), ClassReader.SKIP_DEBUG);
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void every_copy_can_be_initialized() throws IOException {
    for (String name : Copies.names()) {
      try {
        Class.forName(name, true, copies);
      } catch (ReflectiveOperationException | LinkageError e) {
        missing.add(name + ": " + e);
      }
    }
    assertEquals(Set.of(), missing);
  }

  private final class Caller extends ClassVisitor {
    private final String name;

    Caller(String name) {
      super(Opcodes.ASM9);
      this.name = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      String caller = " in " + Names.plain(name) + "." + method;
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          look(owner, name, descriptor, caller);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
          look(owner, name, "", caller);
        }
      };
    }
  }

  private void look(String owner, String name, String descriptor, String caller) {
    if (owner.startsWith("[")) {
      return;
    }
    String what = owner.replace('/', '.');
    if (UNREACHED.stream().anyMatch(what::startsWith)) {
      return;
    }
    try {
      Class<?> type = Class.forName(what, false, copies);
      boolean ours = type.getModule() == copies.getUnnamedModule();
      boolean open =
          type.getModule().isExported(type.getPackageName(), copies.getUnnamedModule())
              && Modifier.isPublic(type.getModifiers());
      if (!ours && !open && type.getModule().isNamed()) {
        missing.add(what + " is closed" + caller);
      } else if (!has(type, name, descriptor, ours)) {
        missing.add(what + "." + name + descriptor + caller);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      missing.add(what + caller + ": " + e);
    }
  }

  private static boolean isOpen(Member member, boolean ours) {
    return ours || (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static boolean has(Class<?> type, String name, String descriptor, boolean ours) {
    boolean polymorphic = type.getName().startsWith("java.lang.invoke.");
    if (polymorphic) {
      return true;
    }
    if (name.equals("<init>")) {
      return Stream.of(type.getDeclaredConstructors())
          .filter(c -> isOpen(c, ours))
          .anyMatch(c -> Type.getConstructorDescriptor(c).equals(descriptor));
    }
    Deque<Class<?>> all = new ArrayDeque<>(List.of(type, Object.class));
    while (!all.isEmpty()) {
      Class<?> next = all.poll();
      boolean found =
          descriptor.isEmpty()
              ? Stream.of(next.getDeclaredFields())
                  .filter(f -> isOpen(f, ours))
                  .anyMatch(f -> f.getName().equals(name))
              : Stream.of(next.getDeclaredMethods())
                  .filter(m -> isOpen(m, ours))
                  .anyMatch(
                      m ->
                          m.getName().equals(name)
                              && Type.getMethodDescriptor(m).equals(descriptor));
      if (found) {
        return true;
      }
      if (next.getSuperclass() != null) {
        all.add(next.getSuperclass());
      }
      all.addAll(List.of(next.getInterfaces()));
    }
    return false;
  }
}
