package threadmill.explore.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import threadmill.explore.sim.Initialized;
import threadmill.explore.sim.Tracked;

/** Rewrites one class: its methods, its synchronized methods, its static initializer. */
final class ClassWeaver extends ClassVisitor {
  static final String RESET = "threadmill$reset";
  private static final String BRIDGE = "threadmill$call";
  private static final String BODY = "$threadmill";
  private static final String INITIALIZER = "threadmill$initializer";
  private static final String SHADOW = "threadmill$shadow";
  private static final String TRACKED = Type.getInternalName(Tracked.class);
  static final String INITIALIZED = Type.getInternalName(Initialized.class);

  /** Copies of the JDK's classes whose statics hold what a run leaves behind. */
  static final Set<String> FORGETFUL =
      Set.of(
          "java/util/concurrent/ForkJoinPool",
          "java/util/concurrent/CompletableFuture",
          "java/util/concurrent/CompletableFuture$Delayer",
          "java/util/concurrent/SubmissionPublisher",
          "java/util/concurrent/Executors$DefaultThreadFactory");

  private record Static(String name, String descriptor) {}

  private final String self;
  private final boolean library;
  private final ClassFacts facts;
  private final Relocation relocation;
  private final List<Static> statics = new ArrayList<>();
  private final List<MethodNode> bridges = new ArrayList<>();
  private boolean isInterface;
  private boolean isEnum;
  private boolean tracks;
  private boolean mutable;
  private boolean initializes;

  ClassWeaver(
      ClassVisitor next, String self, boolean library, ClassFacts facts, Relocation relocation) {
    super(Opcodes.ASM9, next);
    this.self = self;
    this.library = library;
    this.facts = facts;
    this.relocation = relocation;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      String signature,
      String superName,
      String[] interfaces) {
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    isEnum = (access & Opcodes.ACC_ENUM) != 0;
    // Constants with a body of their own may have fields of their own.
    mutable = isEnum && (access & Opcodes.ACC_FINAL) == 0;
    boolean isRecord = (access & Opcodes.ACC_RECORD) != 0;
    boolean fromOutside = superName != null && !isWovenToo(superName);
    tracks = !isInterface && !isRecord && fromOutside;
    String[] all = interfaces;
    if (tracks) {
      all = java.util.Arrays.copyOf(interfaces, interfaces.length + 1);
      all[interfaces.length] = TRACKED;
    }
    // The signature would have to name the new interface; nothing here reads it.
    super.visit(version, access, name, tracks ? null : signature, superName, all);
  }

  private boolean isWovenToo(String name) {
    return relocation.isMoved(name)
        || !name.startsWith("java/")
            && !name.startsWith("javax/")
            && !name.startsWith("threadmill/")
            && !name.startsWith("org/");
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    boolean harmless =
        (access & Opcodes.ACC_SYNTHETIC) != 0
            || (access & Opcodes.ACC_FINAL) != 0
                && (descriptor.length() == 1
                    || descriptor.equals("Ljava/lang/String;")
                    || descriptor.equals("Ljava/lang/invoke/VarHandle;"));
    mutable |= !harmless && (isStatic || isEnum) && (access & Opcodes.ACC_ENUM) == 0;
    if (!isStatic || value != null || isInterface) {
      return super.visitField(access, name, descriptor, signature, value);
    }
    if ((access & Opcodes.ACC_ENUM) == 0) {
      statics.add(new Static(name, descriptor));
    }
    return super.visitField(access & ~Opcodes.ACC_FINAL, name, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    if (name.equals("finalize") && descriptor.equals("()V")) {
      // The JVM's own thread would come in the middle of a run, and in another one each time.
      return null;
    }
    if (name.equals("<clinit>") && !isInterface) {
      initializes = true;
      int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
      return woven(open, INITIALIZER, descriptor, null, exceptions, body -> {});
    }
    boolean isNative = (access & Opcodes.ACC_NATIVE) != 0;
    if (isNative && library) {
      return stub(access & ~Opcodes.ACC_NATIVE, name, descriptor, exceptions);
    }
    if (name.equals("<clinit>") && !library) {
      return constants(descriptor, exceptions);
    }
    if ((access & Opcodes.ACC_SYNCHRONIZED) == 0 || isNative) {
      return woven(access, name, descriptor, signature, exceptions, body -> {});
    }
    int plain = access & ~Opcodes.ACC_SYNCHRONIZED;
    int hidden = plain & ~(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) | Opcodes.ACC_PRIVATE;
    return woven(
        hidden | Opcodes.ACC_SYNTHETIC,
        name + BODY,
        descriptor,
        null,
        exceptions,
        body -> wrapper(plain, name, descriptor, signature, exceptions, lines(body)));
  }

  /** The initializer of an interface, and the same again for those who find it done. */
  private MethodVisitor constants(String descriptor, String[] thrown) {
    int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    return new MethodNode(Opcodes.ASM9, Opcodes.ACC_STATIC, "<clinit>", descriptor, null, thrown) {
      @Override
      public void visitEnd() {
        if (mutable) {
          accept(woven(open, RESET, descriptor, null, thrown, body -> {}));
          for (AbstractInsnNode insn : instructions.toArray()) {
            if (insn.getOpcode() == Opcodes.RETURN) {
              instructions.insertBefore(insn, new LdcInsnNode(Type.getObjectType(self)));
              instructions.insertBefore(
                  insn,
                  new MethodInsnNode(
                      Opcodes.INVOKESTATIC, INITIALIZED, "add", "(Ljava/lang/Class;)V", false));
            }
          }
        }
        accept(woven(access, name, descriptor, null, thrown, body -> {}));
      }
    };
  }

  private MethodVisitor woven(
      int access,
      String name,
      String descriptor,
      String signature,
      String[] exceptions,
      Consumer<MethodNode> then) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
      @Override
      public void visitEnd() {
        weaver(this).weave();
        accept(next);
        then.accept(this);
      }
    };
  }

  private MethodWeaver weaver(MethodNode method) {
    return new MethodWeaver(method, self, library, facts, relocation, this::bridged);
  }

  /** A method reference whose call would be rewritten leads to a method that makes it. */
  private Handle bridged(Handle handle, String captured, int line) {
    if (library || handle.getOwner().equals(self)) {
      return handle;
    }
    String name = BRIDGE + bridges.size();
    Optional<MethodNode> bridge = MethodWeaver.bridge(name, handle, captured, line);
    if (bridge.isEmpty()) {
      return handle;
    }
    MethodNode method = bridge.get();
    List<AbstractInsnNode> before = List.of(method.instructions.toArray());
    weaver(method).weave();
    if (before.equals(List.of(method.instructions.toArray()))) {
      return handle;
    }
    bridges.add(method);
    return new Handle(Opcodes.H_INVOKESTATIC, self, name, method.desc, isInterface);
  }

  /**
   * A native method of the JDK's that a copy cannot have; the only ones ask what the VM supports.
   */
  private MethodVisitor stub(int access, String name, String descriptor, String[] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, null, exceptions);
    method.visitCode();
    if (descriptor.endsWith(")Z")) {
      method.visitInsn(Opcodes.ICONST_1);
      method.visitInsn(Opcodes.IRETURN);
    } else {
      method.visitInsn(Opcodes.ACONST_NULL);
      method.visitInsn(Opcodes.ATHROW);
    }
    method.visitMaxs(1, 4);
    method.visitEnd();
    return null;
  }

  /** The line numbers of a method in the order of its bytecode. */
  private static int[] lines(MethodNode body) {
    return Stream.of(body.instructions.toArray())
        .filter(LineNumberNode.class::isInstance)
        .mapToInt(node -> ((LineNumberNode) node).line)
        .toArray();
  }

  /**
   * {@code synchronized} as a call: enter at the first line of the body, the body, exit at its last
   * line however it ends.
   */
  private void wrapper(
      int access,
      String name,
      String descriptor,
      String signature,
      String[] exceptions,
      int[] lines) {
    MethodVisitor m = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    Type[] arguments = Type.getArgumentTypes(descriptor);
    Label from = new Label();
    Label to = new Label();
    Label thrown = new Label();
    m.visitCode();
    m.visitTryCatchBlock(from, to, thrown, null);
    if (lines.length > 0) {
      Label entry = new Label();
      m.visitLabel(entry);
      m.visitLineNumber(lines[0], entry);
    }
    lock(m, isStatic, "enter");
    m.visitLabel(from);
    int slot = 0;
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      m.visitVarInsn(Opcodes.ALOAD, slot++);
      locals.add(self);
    }
    for (Type argument : arguments) {
      m.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
      slot += argument.getSize();
      locals.add(frameType(argument));
    }
    int call = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
    m.visitMethodInsn(call, self, name + BODY, descriptor, isInterface);
    m.visitLabel(to);
    if (lines.length > 0) {
      m.visitLineNumber(lines[lines.length - 1], to);
    }
    lock(m, isStatic, "exit");
    m.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    m.visitLabel(thrown);
    m.visitFrame(
        Opcodes.F_NEW, locals.size(), locals.toArray(), 1, new Object[] {"java/lang/Throwable"});
    lock(m, isStatic, "exit");
    m.visitInsn(Opcodes.ATHROW);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  private void lock(MethodVisitor m, boolean isStatic, String hook) {
    if (isStatic) {
      m.visitLdcInsn(Type.getObjectType(self));
    } else {
      m.visitVarInsn(Opcodes.ALOAD, 0);
    }
    m.visitMethodInsn(Opcodes.INVOKESTATIC, Redirects.HOOKS, hook, "(Ljava/lang/Object;)V", false);
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      case Type.ARRAY, Type.OBJECT -> type.getInternalName();
      default -> Opcodes.INTEGER;
    };
  }

  @Override
  public void visitEnd() {
    if (tracks) {
      shadow();
    }
    if (tracks && facts.inherits(self, "hashCode", "()I", "java/lang/Object")) {
      hash();
    }
    for (MethodNode bridge : bridges) {
      bridge.accept(getDelegate());
    }
    boolean resettable = mutable && !isInterface && (!library || FORGETFUL.contains(self));
    if (resettable && !initializes) {
      MethodVisitor nothing = visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
      nothing.visitCode();
      nothing.visitInsn(Opcodes.RETURN);
      nothing.visitMaxs(0, 0);
      nothing.visitEnd();
    }
    if (initializes) {
      initializer(resettable);
    }
    if (resettable) {
      reset();
    }
    super.visitEnd();
  }

  /** What the JVM makes of an address, whoever asks. */
  private void hash() {
    int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC;
    MethodVisitor m = super.visitMethod(open, "hashCode", "()I", null, null);
    m.visitCode();
    m.visitVarInsn(Opcodes.ALOAD, 0);
    String hook = "(Ljava/lang/Object;)I";
    m.visitMethodInsn(Opcodes.INVOKESTATIC, Redirects.HOOKS, "identityHash", hook, false);
    m.visitInsn(Opcodes.IRETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  private void shadow() {
    String object = "Ljava/lang/Object;";
    int hidden = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;
    super.visitField(hidden, SHADOW, object, null, null).visitEnd();
    int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC;
    MethodVisitor get = super.visitMethod(open, SHADOW, "()" + object, null, null);
    get.visitCode();
    get.visitVarInsn(Opcodes.ALOAD, 0);
    get.visitFieldInsn(Opcodes.GETFIELD, self, SHADOW, object);
    get.visitInsn(Opcodes.ARETURN);
    get.visitMaxs(0, 0);
    get.visitEnd();
    MethodVisitor set = super.visitMethod(open, SHADOW, "(" + object + ")V", null, null);
    set.visitCode();
    set.visitVarInsn(Opcodes.ALOAD, 0);
    set.visitVarInsn(Opcodes.ALOAD, 1);
    set.visitFieldInsn(Opcodes.PUTFIELD, self, SHADOW, object);
    set.visitInsn(Opcodes.RETURN);
    set.visitMaxs(0, 0);
    set.visitEnd();
  }

  private void initializer(boolean resettable) {
    MethodVisitor m = super.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    Label from = new Label();
    Label to = new Label();
    Label thrown = new Label();
    m.visitCode();
    m.visitTryCatchBlock(from, to, thrown, null);
    hook(m, "beginInitializer");
    m.visitLabel(from);
    m.visitMethodInsn(Opcodes.INVOKESTATIC, self, INITIALIZER, "()V", false);
    m.visitLabel(to);
    hook(m, "endInitializer");
    if (resettable) {
      m.visitLdcInsn(Type.getObjectType(self));
      m.visitMethodInsn(Opcodes.INVOKESTATIC, INITIALIZED, "add", "(Ljava/lang/Class;)V", false);
    }
    m.visitInsn(Opcodes.RETURN);
    m.visitLabel(thrown);
    m.visitFrame(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
    hook(m, "endInitializer");
    m.visitInsn(Opcodes.ATHROW);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  private static void hook(MethodVisitor m, String name) {
    m.visitMethodInsn(Opcodes.INVOKESTATIC, Redirects.HOOKS, name, "()V", false);
  }

  private void reset() {
    int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    MethodVisitor m = super.visitMethod(open, RESET, "()V", null, null);
    m.visitCode();
    for (Static field : statics) {
      m.visitInsn(zero(Type.getType(field.descriptor())));
      m.visitFieldInsn(Opcodes.PUTSTATIC, self, field.name(), field.descriptor());
    }
    m.visitMethodInsn(Opcodes.INVOKESTATIC, self, INITIALIZER, "()V", false);
    m.visitInsn(Opcodes.RETURN);
    m.visitMaxs(0, 0);
    m.visitEnd();
  }

  private static int zero(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LCONST_0;
      case Type.FLOAT -> Opcodes.FCONST_0;
      case Type.DOUBLE -> Opcodes.DCONST_0;
      case Type.ARRAY, Type.OBJECT -> Opcodes.ACONST_NULL;
      default -> Opcodes.ICONST_0;
    };
  }
}
