package threadmill.explore.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import threadmill.explore.sim.Access;
import threadmill.explore.sim.Fields;

/**
 * Rewrites one method: before each access to memory it calls {@link threadmill.explore.sim.Hooks},
 * and what blocks, wakes or tells the time is done there instead. No branch is added, so the frames
 * of the class file stay right.
 */
final class MethodWeaver {
  private static final String HOOKS = Redirects.HOOKS;

  private static final Map<String, String> CONVERSIONS =
      Map.of(
          "tryConvertToOptimisticRead", "reopened",
          "tryConvertToReadLock", "converted",
          "tryConvertToWriteLock", "converted");
  private static final String HANDLE = "java/lang/invoke/VarHandle";
  private static final String CANCELLED = "java/util/concurrent/CancellationException";
  private static final String UNSAFE = "jdk/internal/misc/Unsafe";

  /** What is made of chance or of the time, and what that is in a run. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "java/util/Random", "seed",
          "java/util/SplittableRandom", "seed",
          "java/util/Date", "currentTimeMillis");

  private static final String NOISE = "threadmill/harness/Noise";
  private static final int MOST_PLACES = 2;
  private static final int MOST_NUMBERS = 3;

  private final MethodNode method;
  private final String self;
  private final boolean library;
  private final boolean checked;
  private final ClassFacts facts;
  private final Relocation relocation;
  private final Bridges bridges;
  private InsnList code;
  private boolean constructed;
  private int line;

  /** Objects that are new on the stack and have not seen their constructor yet. */
  private int created;

  /** The first variable that an instruction's rewriting may use; the next one begins anew. */
  private int free;

  MethodWeaver(
      MethodNode method,
      String self,
      boolean library,
      ClassFacts facts,
      Relocation relocation,
      Bridges bridges) {
    this.method = method;
    this.self = self;
    this.library = library;
    this.checked = !library || Relocation.isCollection(self);
    this.facts = facts;
    this.relocation = relocation;
    this.bridges = bridges;
  }

  void weave() {
    InsnList old = method.instructions;
    AbstractInsnNode[] all = old.toArray();
    code = new InsnList();
    constructed = !method.name.equals("<init>");
    int own = method.maxLocals;
    java.util.Set<LabelNode> seen = new java.util.HashSet<>();
    for (AbstractInsnNode insn : all) {
      old.remove(insn);
      free = own;
      if (insn instanceof LabelNode label) {
        seen.add(label);
      }
      if (insn instanceof LineNumberNode number) {
        line = number.line;
      }
      if (insn.getOpcode() == Opcodes.NEW) {
        created++;
      }
      if (goesBack(insn, seen)) {
        hook("loop", "()V");
      }
      if (insn instanceof FieldInsnNode field) {
        field(field);
      } else if (insn instanceof MethodInsnNode call) {
        call(call);
        if (call.name.equals("<init>")) {
          if (created > 0) {
            created--;
          } else if (!constructed) {
            constructed = true;
            built("building");
          }
        }
      } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
        dynamic(dynamic);
      } else {
        if (insn.getOpcode() == Opcodes.RETURN && method.name.equals("<init>")) {
          built("built");
        }
        simple(insn);
      }
    }
    method.instructions = code;
    if (method.name.equals("<clinit>")) {
      silence();
    }
  }

  /** An interface's initializer stays where it is; no schedule has a part of it. */
  private void silence() {
    for (AbstractInsnNode insn : code.toArray()) {
      if (insn.getOpcode() == Opcodes.RETURN) {
        code.insertBefore(insn, initializer("endInitializer"));
      }
    }
    LabelNode from = new LabelNode();
    LabelNode thrown = new LabelNode();
    code.insert(from);
    code.insert(initializer("beginInitializer"));
    code.add(thrown);
    Object[] stack = {"java/lang/Throwable"};
    code.add(new FrameNode(Opcodes.F_NEW, 0, new Object[0], 1, stack));
    code.add(initializer("endInitializer"));
    code.add(new InsnNode(Opcodes.ATHROW));
    method.tryCatchBlocks.add(new TryCatchBlockNode(from, thrown, thrown, null));
  }

  private static MethodInsnNode initializer(String hook) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, HOOKS, hook, "()V", false);
  }

  private void built(String hook) {
    if (!library) {
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      hook(hook, "(Ljava/lang/Object;)V");
    }
  }

  private static boolean goesBack(AbstractInsnNode insn, java.util.Set<LabelNode> seen) {
    if (insn instanceof JumpInsnNode jump) {
      return seen.contains(jump.label);
    }
    if (insn instanceof TableSwitchInsnNode s) {
      return seen.contains(s.dflt) || s.labels.stream().anyMatch(seen::contains);
    }
    return insn instanceof LookupSwitchInsnNode s
        && (seen.contains(s.dflt) || s.labels.stream().anyMatch(seen::contains));
  }

  private void hook(String name, String descriptor) {
    code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false));
  }

  private void add(int... opcodes) {
    for (int opcode : opcodes) {
      code.add(new InsnNode(opcode));
    }
  }

  private void push(int value) {
    code.add(new LdcInsnNode(value));
  }

  // ---- fields

  private void field(FieldInsnNode insn) {
    int opcode = insn.getOpcode();
    if ((opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC)
        && ClassWeaver.FORGETFUL.contains(insn.owner)) {
      code.add(
          new MethodInsnNode(Opcodes.INVOKESTATIC, ClassWeaver.INITIALIZED, "used", "()V", false));
    }
    if (insn.name.equals("userRequested") && insn.owner.equals(Relocation.OLD_SORT)) {
      add(Opcodes.ICONST_0);
      return;
    }
    if (library && insn.name.equals("r") && insn.owner.equals("java/util/Collections")) {
      // A generator that runs share would shuffle otherwise each time.
      add(insn.getOpcode() == Opcodes.GETSTATIC ? Opcodes.ACONST_NULL : Opcodes.POP);
      return;
    }
    boolean toStream =
        insn.owner.equals("java/lang/System")
            && (insn.name.equals("out") || insn.name.equals("err"));
    if (toStream && insn.getOpcode() == Opcodes.GETSTATIC) {
      hook("out", "()Ljava/io/PrintStream;");
      return;
    }
    String declarer = facts.declarer(insn.owner, insn.name);
    int access = facts.fieldAccess(declarer, insn.name);
    boolean again = method.name.equals(ClassWeaver.RESET);
    if (insn.getOpcode() == Opcodes.PUTSTATIC
        && (again || (access & Opcodes.ACC_ENUM) != 0 && insn.owner.equals(self))) {
      renew(insn, again);
      return;
    }
    boolean isVolatile = (access & Opcodes.ACC_VOLATILE) != 0;
    boolean plainLibrary = library && !checked && !isVolatile;
    if ((access & Opcodes.ACC_FINAL) != 0 && !library && (access & Opcodes.ACC_STATIC) == 0) {
      finalField(insn, declarer);
      return;
    }
    if ((access & Opcodes.ACC_FINAL) != 0
        || plainLibrary
        || !constructed && insn.getOpcode() == Opcodes.PUTFIELD) {
      code.add(insn);
      return;
    }
    boolean ofJdk = declarer.startsWith("java/");
    boolean raceable = !ofJdk || Relocation.isCollection(declarer) && !Relocation.isView(insn.name);
    int number = Fields.number(declarer.replace('/', '.'), insn.name, isVolatile, ofJdk, raceable);
    Type type = Type.getType(insn.desc);
    char sort = sort(type);
    String t = sort == 'L' ? "Ljava/lang/Object;" : String.valueOf(sort);
    switch (insn.getOpcode()) {
      case Opcodes.GETFIELD -> {
        add(Opcodes.DUP);
        push(number);
        hook("read", "(Ljava/lang/Object;I)V");
        code.add(insn);
        got(type);
      }
      case Opcodes.GETSTATIC -> {
        push(number);
        hook("readStatic", "(I)V");
        code.add(insn);
        got(type);
      }
      case Opcodes.PUTFIELD -> {
        FieldInsnNode old = new FieldInsnNode(Opcodes.GETFIELD, insn.owner, insn.name, insn.desc);
        if (type.getSize() == 2) {
          add(Opcodes.DUP2_X1, Opcodes.POP2, Opcodes.DUP_X2, Opcodes.DUP);
        } else if (sort == 'L') {
          add(Opcodes.DUP2, Opcodes.SWAP, Opcodes.DUP);
        } else {
          add(Opcodes.SWAP, Opcodes.DUP_X1, Opcodes.DUP);
        }
        code.add(old);
        push(number);
        String result = sort == 'L' ? "V" : t;
        hook("write" + sort, "(" + t + "Ljava/lang/Object;" + t + "I)" + result);
        code.add(insn);
      }
      default -> {
        add(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
        code.add(new FieldInsnNode(Opcodes.GETSTATIC, insn.owner, insn.name, insn.desc));
        push(number);
        hook("writeStatic" + sort, "(" + t + t + "I)V");
        code.add(insn);
      }
    }
  }

  /**
   * A constant of an enum or an interface stays the object that it is, as others may know it, and
   * gets the state of a new one.
   */
  private void renew(FieldInsnNode insn, boolean done) {
    Type type = Type.getType(insn.desc);
    if (type.getSort() < Type.ARRAY) {
      add(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      return;
    }
    code.add(new FieldInsnNode(Opcodes.GETSTATIC, insn.owner, insn.name, insn.desc));
    String object = "Ljava/lang/Object;";
    code.add(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC,
            ClassWeaver.INITIALIZED,
            "renewed",
            "(" + object + object + ")" + object,
            false));
    if (done) {
      add(Opcodes.POP);
    } else {
      code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
      code.add(insn);
    }
  }

  /** A final field matters only while its object is being built and others can see it already. */
  private void finalField(FieldInsnNode insn, String declarer) {
    boolean reads = insn.getOpcode() == Opcodes.GETFIELD;
    if (declarer.startsWith("java/") || !constructed) {
      code.add(insn);
      return;
    }
    int number = Fields.number(declarer.replace('/', '.'), insn.name, true, false, false);
    if (reads) {
      add(Opcodes.DUP);
    } else if (Type.getType(insn.desc).getSize() == 2) {
      add(Opcodes.DUP2_X1, Opcodes.POP2, Opcodes.DUP_X2);
    } else {
      add(Opcodes.DUP2, Opcodes.POP);
    }
    push(number);
    hook(reads ? "readFinal" : "writeFinal", "(Ljava/lang/Object;I)V");
    code.add(insn);
  }

  private static char sort(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> 'Z';
      case Type.CHAR -> 'C';
      case Type.BYTE, Type.SHORT, Type.INT -> 'I';
      case Type.LONG -> 'J';
      case Type.FLOAT -> 'F';
      case Type.DOUBLE -> 'D';
      default -> 'L';
    };
  }

  private void got(Type type) {
    char sort = sort(type);
    String t = sort == 'L' ? "Ljava/lang/Object;" : String.valueOf(sort);
    hook("got" + sort, "(" + t + ")" + t);
    if (sort == 'L' && !type.getInternalName().equals("java/lang/Object")) {
      code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
    }
  }

  // ---- arrays and monitors

  private void simple(AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      hook(opcode == Opcodes.MONITORENTER ? "enter" : "exit", "(Ljava/lang/Object;)V");
    } else if (checked && opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      add(Opcodes.DUP2);
      push(1);
      hook("readElement", "(Ljava/lang/Object;IZ)V");
      code.add(insn);
      switch (opcode) {
        case Opcodes.IALOAD, Opcodes.SALOAD -> hook("gotI", "(I)I");
        case Opcodes.LALOAD -> hook("gotJ", "(J)J");
        case Opcodes.FALOAD -> hook("gotF", "(F)F");
        case Opcodes.DALOAD -> hook("gotD", "(D)D");
        case Opcodes.AALOAD -> {
          add(Opcodes.DUP);
          hook("sawL", "(Ljava/lang/Object;)V");
        }
        case Opcodes.CALOAD -> hook("gotC", "(C)C");
        default -> hook("gotB", "(I)I");
      }
    } else if (checked && opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      boolean wide = opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE;
      char sort =
          switch (opcode) {
            case Opcodes.LASTORE -> 'J';
            case Opcodes.DASTORE -> 'D';
            case Opcodes.FASTORE -> 'F';
            case Opcodes.AASTORE -> 'L';
            default -> 'I';
          };
      String t = sort == 'L' ? "Ljava/lang/Object;" : String.valueOf(sort);
      if (wide) {
        add(Opcodes.DUP2_X2, Opcodes.POP2, Opcodes.DUP2_X2);
      } else {
        add(Opcodes.DUP_X2, Opcodes.POP, Opcodes.DUP2_X1);
      }
      push(1);
      hook("element" + sort, "(" + t + "Ljava/lang/Object;IZ)" + t);
      code.add(insn);
    } else {
      code.add(insn);
    }
  }

  // ---- calls

  /** What copies an array accesses its elements. */
  private boolean copies(MethodInsnNode call) {
    if (call.owner.equals("java/lang/System") && call.name.equals("arraycopy")) {
      hook("arraycopy", call.desc);
      return true;
    }
    boolean cloned = call.owner.startsWith("[") && call.name.equals("clone");
    boolean ranged = call.name.equals("copyOfRange");
    if (!cloned
        && !(call.owner.equals("java/util/Arrays") && (ranged || call.name.equals("copyOf")))) {
      return false;
    }
    Type[] arguments = Type.getArgumentTypes(call.desc);
    int[] slots = spill(arguments);
    if (cloned) {
      add(Opcodes.DUP);
      push(0);
      push(Integer.MAX_VALUE);
    } else {
      code.add(new VarInsnNode(Opcodes.ALOAD, slots[0]));
      if (ranged) {
        code.add(new VarInsnNode(Opcodes.ILOAD, slots[1]));
      } else {
        push(0);
      }
      code.add(new VarInsnNode(Opcodes.ILOAD, slots[ranged ? 2 : 1]));
    }
    hook("copied", "(Ljava/lang/Object;II)V");
    reload(arguments, slots);
    code.add(call);
    return true;
  }

  /** What compares arrays or computes a hash of one reads a stretch of each. */
  private boolean looks(MethodInsnNode call) {
    String name = call.name;
    if (!name.equals("mismatch") && !name.endsWith("ashCode")) {
      return false;
    }
    if (call.desc.equals("([Ljava/lang/Object;III)I")) {
      hook("hash", call.desc);
      return true;
    }
    Type[] arguments = Type.getArgumentTypes(call.desc);
    int[] slots = spill(arguments);
    boolean two = name.equals("mismatch");
    int last = two ? arguments.length - 1 : 2;
    for (int i = 0; i < arguments.length; i++) {
      boolean array = arguments[i].getSort() == Type.ARRAY || !two && i == 0;
      if (!array) {
        continue;
      }
      boolean from = i + 1 < last && arguments[i + 1].getSort() == Type.INT;
      code.add(new VarInsnNode(Opcodes.ALOAD, slots[i]));
      if (from) {
        code.add(new VarInsnNode(Opcodes.ILOAD, slots[i + 1]));
      } else {
        push(0);
      }
      if (last < arguments.length) {
        code.add(new VarInsnNode(Opcodes.ILOAD, slots[last]));
      } else {
        push(Integer.MAX_VALUE);
      }
      hook("looked", "(Ljava/lang/Object;II)V");
    }
    reload(arguments, slots);
    code.add(call);
    return true;
  }

  private void call(MethodInsnNode call) {
    if (call.owner.equals(NOISE)) {
      return;
    }
    if (!library && copies(call)) {
      return;
    }
    if (call.owner.equals("jdk/internal/util/ArraysSupport") && checked && looks(call)) {
      return;
    }
    if (call.owner.equals("jdk/internal/access/SharedSecrets") && call.name.startsWith("set")) {
      add(Opcodes.POP);
      return;
    }
    if (call.owner.equals("jdk/internal/access/JavaLangAccess")
        && call.name.equals("currentCarrierThread")) {
      add(Opcodes.POP);
      hook("currentThread", "()Ljava/lang/Thread;");
      return;
    }
    if (call.owner.equals("jdk/internal/reflect/Reflection")
        && call.name.equals("getCallerClass")) {
      code.add(new LdcInsnNode(Type.getObjectType(self)));
      return;
    }
    if (call.name.equals("<init>") && call.desc.equals("()V")) {
      String source = SOURCES.get(call.owner);
      if (source != null) {
        hook(source, "()J");
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, call.owner, call.name, "(J)V", false));
        return;
      }
    }
    if (call.owner.startsWith("java/time/") && call.name.equals("now") && asksTheClock(call)) {
      return;
    }
    if (call.name.equals("hashCode")
        && call.desc.equals("()I")
        && call.getOpcode() != Opcodes.INVOKESPECIAL
        && call.getOpcode() != Opcodes.INVOKESTATIC) {
      hook("hash", "(Ljava/lang/Object;)I");
      return;
    }
    if (call.name.equals("hashCode")
        && call.owner.equals("java/lang/Object")
        && call.getOpcode() == Opcodes.INVOKESPECIAL) {
      hook("identityHash", "(Ljava/lang/Object;)I");
      return;
    }
    if (library && call.owner.equals(CANCELLED) && call.desc.contains(CANCELLED)) {
      cancelled(call);
      return;
    }
    if (library && call.name.startsWith("park") && isParking(call.owner)) {
      hook("rechecks", "()V");
    }
    Optional<String> redirect = Redirects.of(call, facts, library);
    if (redirect.isPresent()) {
      String hook = redirect.get();
      int open = hook.indexOf('(');
      hook(hook.substring(0, open), hook.substring(open));
      if (call.desc.endsWith("SharedThreadContainer;")) {
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, "jdk/internal/vm/SharedThreadContainer"));
      }
      return;
    }
    if (call.owner.equals(HANDLE) && isAccess(call.name) && !fits(call)) {
      code.add(call);
    } else if (!library
        && call.name.startsWith("weakCompareAndSet")
        && (call.owner.equals(HANDLE) || isAtomic(call.owner))) {
      weak(call);
    } else if (call.owner.equals(HANDLE) && isAccess(call.name)) {
      handle(call);
    } else if (library && call.owner.equals(UNSAFE)) {
      unsafe(call);
    } else if (library) {
      code.add(call);
    } else {
      Redirects.refusal(call, facts, relocation)
          .ifPresent(
              what -> {
                code.add(new LdcInsnNode(what));
                hook("refuse", "(Ljava/lang/String;)V");
              });
      outside(call);
    }
  }

  /** A call of what is not woven: it may use a watched object, or be given one. */
  private void outside(MethodInsnNode call) {
    boolean receives = Watching.receives(call, facts);
    boolean buffer = Watching.isBuffer(call, facts);
    Type[] arguments = Type.getArgumentTypes(call.desc);
    boolean gives = false;
    int inner = -1;
    for (int i = 0; i < arguments.length; i++) {
      gives |= Watching.gives(call, arguments[i], facts);
      inner = inner < 0 && Watching.wraps(call, arguments[i]) ? i : inner;
    }
    if (isOptimistic(call)) {
      optimistic(call, arguments);
      return;
    }
    if (relocation.isMoved(call.owner) || !receives && !buffer && !gives && inner < 0) {
      code.add(call);
      return;
    }
    int[] slots = spill(arguments);
    for (int i = 0; i < arguments.length && gives && !buffer; i++) {
      if (Watching.gives(call, arguments[i], facts)) {
        code.add(new VarInsnNode(Opcodes.ALOAD, slots[i]));
        code.add(new LdcInsnNode(call.name));
        hook("give", "(Ljava/lang/Object;Ljava/lang/String;)V");
      }
    }
    if (buffer) {
      buffer(call, arguments, slots);
    } else if (receives) {
      add(Opcodes.DUP);
      code.add(new LdcInsnNode(call.name));
      boolean above = call.getOpcode() == Opcodes.INVOKESPECIAL;
      hook(above ? "callAbove" : "call", "(Ljava/lang/Object;Ljava/lang/String;)V");
    }
    reload(arguments, slots);
    code.add(call);
    if (inner >= 0) {
      // javac leaves the new object on the stack; in a constructor it is this one.
      boolean above = !constructed && created == 0;
      code.add(above ? new VarInsnNode(Opcodes.ALOAD, 0) : new InsnNode(Opcodes.DUP));
      code.add(new VarInsnNode(Opcodes.ALOAD, slots[inner]));
      hook("wrap", "(Ljava/lang/Object;Ljava/lang/Object;)V");
    }
  }

  /** What begins or ends reads without a lock; see {@link OptimisticReads}. */
  private static boolean isOptimistic(MethodInsnNode call) {
    return call.owner.equals("java/util/concurrent/locks/StampedLock")
        && (call.name.equals("tryOptimisticRead")
            || call.name.equals("validate")
            || CONVERSIONS.containsKey(call.name));
  }

  private void optimistic(MethodInsnNode call, Type[] arguments) {
    int[] slots = spill(arguments);
    add(Opcodes.DUP);
    if (call.name.equals("tryOptimisticRead")) {
      hook("optimistic", "(Ljava/lang/Object;)V");
      code.add(call);
      return;
    }
    reload(arguments, slots);
    code.add(call);
    // The hook is given the lock and the answer, which stays.
    if (call.name.equals("validate")) {
      add(Opcodes.DUP_X1);
      hook("validated", "(Ljava/lang/Object;Z)V");
    } else {
      add(Opcodes.DUP2_X1);
      hook(CONVERSIONS.get(call.name), "(Ljava/lang/Object;J)V");
    }
  }

  private void buffer(MethodInsnNode call, Type[] arguments, int[] slots) {
    add(Opcodes.DUP);
    int other = -1;
    int counted = 0;
    for (int i = arguments.length - 1; i >= 0; i--) {
      other = arguments[i].getSort() >= Type.ARRAY ? i : other;
    }
    code.add(
        other < 0
            ? new InsnNode(Opcodes.ACONST_NULL)
            : new VarInsnNode(Opcodes.ALOAD, slots[other]));
    for (int i = 0; i < arguments.length && counted < MOST_NUMBERS; i++) {
      if (arguments[i].getSort() == Type.INT) {
        code.add(new VarInsnNode(Opcodes.ILOAD, slots[i]));
        counted++;
      }
    }
    for (int i = counted; i < MOST_NUMBERS; i++) {
      add(Opcodes.ICONST_0);
    }
    add(Opcodes.ICONST_0 + counted);
    code.add(new LdcInsnNode(call.name + call.desc.substring(0, call.desc.indexOf(')') + 1)));
    hook("call", "(Ljava/lang/Object;Ljava/lang/Object;IIIILjava/lang/String;)V");
  }

  /** Of all classes of {@code java.time} that know what time it is. */
  private boolean asksTheClock(MethodInsnNode call) {
    String clock = "L" + Redirects.CLOCK + ";";
    String from = call.desc.substring(0, call.desc.indexOf(')') + 1);
    if (!from.equals("()") && !from.equals("(Ljava/time/ZoneId;)")) {
      return false;
    }
    hook("clock", from + clock);
    String descriptor = call.desc.replace(from, "(" + clock + ")");
    code.add(new MethodInsnNode(call.getOpcode(), call.owner, call.name, descriptor, call.itf));
    return true;
  }

  private static boolean isParking(String owner) {
    return owner.equals("java/util/concurrent/locks/LockSupport") || owner.equals(UNSAFE);
  }

  /** JDK 25 builds one around another by a constructor that is not public. */
  private void cancelled(MethodInsnNode call) {
    int cause = variable(Type.getObjectType(CANCELLED));
    code.add(new VarInsnNode(Opcodes.ASTORE, cause));
    String text = "(Ljava/lang/String;)V";
    code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, call.owner, call.name, text, false));
    add(Opcodes.DUP);
    code.add(new VarInsnNode(Opcodes.ALOAD, cause));
    String throwable = "java/lang/Throwable";
    String init = "(L" + throwable + ";)L" + throwable + ";";
    code.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, throwable, "initCause", init, false));
    add(Opcodes.POP);
  }

  /** Whether a call has as many arguments as a handle takes; others compile, and throw. */
  private static boolean fits(MethodInsnNode call) {
    int places = Type.getArgumentTypes(call.desc).length - Access.values(call.name);
    return places >= 0 && places <= MOST_PLACES;
  }

  private static boolean isAccess(String name) {
    return name.startsWith("get")
        || name.startsWith("set")
        || name.startsWith("compareAnd")
        || name.startsWith("weakCompareAnd");
  }

  /** Spills the arguments, tells the hook of the place and the value, and makes the call. */
  private void handle(MethodInsnNode call) {
    Type[] arguments = Type.getArgumentTypes(call.desc);
    int[] slots = spill(arguments);
    int values = Access.values(call.name);
    int places = arguments.length - values;
    add(Opcodes.DUP);
    place(slots, places);
    push(Access.of(call.name));
    value(arguments, slots, values);
    hook("handle", "(L" + HANDLE + ";Ljava/lang/Object;IILjava/lang/Object;)V");
    reload(arguments, slots);
    code.add(call);
    after(call, arguments, slots);
  }

  /** Whether a class is an atomic of the JDK's, or extends one. */
  private boolean isAtomic(String owner) {
    for (ClassFacts.Facts f = facts.of(owner);
        f != null && f.superName() != null;
        f = facts.of(f.superName())) {
      if (f.name().startsWith("java/util/concurrent/atomic/Atomic")) {
        return true;
      }
    }
    return false;
  }

  /** A weak compare-and-set, which the hook makes: it may fail for no reason. */
  private void weak(MethodInsnNode call) {
    Type[] arguments = Type.getArgumentTypes(call.desc);
    int[] slots = spill(arguments);
    int last = arguments.length - 1;
    String values = "Ljava/lang/Object;Ljava/lang/Object;)Z";
    boolean handle = call.owner.equals(HANDLE);
    if (handle) {
      place(slots, last - 1);
      push(Access.of(call.name));
    } else if (last > 1) {
      box(arguments[0], slots[0]);
    } else {
      add(Opcodes.ACONST_NULL);
    }
    box(arguments[last - 1], slots[last - 1]);
    box(arguments[last], slots[last]);
    String object = "Ljava/lang/Object;";
    hook(
        "weakSwap",
        handle ? "(L" + HANDLE + ";" + object + "II" + values : "(" + object + object + values);
  }

  /** The coordinates of a handle: an object or null, and an index or -1. */
  private void place(int[] slots, int places) {
    if (places > 0) {
      code.add(new VarInsnNode(Opcodes.ALOAD, slots[0]));
    } else {
      add(Opcodes.ACONST_NULL);
    }
    if (places > 1) {
      code.add(new VarInsnNode(Opcodes.ILOAD, slots[1]));
    } else {
      push(-1);
    }
  }

  private void unsafe(MethodInsnNode call) {
    if (call.name.equals("objectFieldOffset")) {
      Type[] arguments = Type.getArgumentTypes(call.desc);
      int[] slots = spill(arguments);
      reload(arguments, slots);
      code.add(call);
      add(Opcodes.DUP2);
      int result = variable(Type.LONG_TYPE);
      code.add(new VarInsnNode(Opcodes.LSTORE, result));
      reload(arguments, slots);
      code.add(new VarInsnNode(Opcodes.LLOAD, result));
      hook("offsetOf", call.desc.replace(")J", "J)V"));
      return;
    }
    if (call.name.equals("park") || call.name.equals("unpark")) {
      Type[] arguments = Type.getArgumentTypes(call.desc);
      int[] slots = spill(arguments);
      add(Opcodes.POP);
      reload(arguments, slots);
      hook(call.name, call.desc);
      return;
    }
    if (call.name.endsWith("Fence")) {
      add(Opcodes.POP);
      hook("fence", "()V");
      return;
    }
    boolean access = isAccess(call.name) || call.name.startsWith("put");
    if (!access || !call.desc.startsWith("(Ljava/lang/Object;J")) {
      code.add(call);
      return;
    }
    String name =
        call.name.replaceFirst(
            "(Int|Long|Reference|Boolean|Byte|Short|Char|Float|Double|Object)", "");
    Type[] arguments = Type.getArgumentTypes(call.desc);
    int[] slots = spill(arguments);
    int values = Access.values(name);
    code.add(new VarInsnNode(Opcodes.ALOAD, slots[0]));
    code.add(new VarInsnNode(Opcodes.LLOAD, slots[1]));
    push(Access.of(name));
    value(arguments, slots, values);
    hook("offset", "(Ljava/lang/Object;JILjava/lang/Object;)V");
    reload(arguments, slots);
    code.add(call);
    MethodInsnNode shown = new MethodInsnNode(call.getOpcode(), call.owner, name, call.desc, false);
    after(shown, arguments, slots);
  }

  private void after(MethodInsnNode call, Type[] arguments, int[] slots) {
    Type result = Type.getReturnType(call.desc);
    if (call.name.startsWith("compareAndExchange")) {
      int slot = variable(result);
      add(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
      code.add(new VarInsnNode(result.getOpcode(Opcodes.ISTORE), slot));
      box(result, slot);
      int expected = arguments.length - 2;
      box(arguments[expected], slots[expected]);
      hook("exchanged", "(Ljava/lang/Object;Ljava/lang/Object;)V");
      return;
    }
    boolean update = call.name.startsWith("getAnd") || call.name.contains("ompareAnd");
    if (update) {
      if (result.getSort() == Type.BOOLEAN) {
        hook("updatedZ", "(Z)Z");
      } else {
        hook("updated", "()V");
      }
    } else if (result.getSort() != Type.VOID) {
      got(result);
    }
  }

  private int variable(Type type) {
    int slot = free;
    free += type.getSize();
    method.maxLocals = Math.max(method.maxLocals, free);
    return slot;
  }

  private int[] spill(Type[] arguments) {
    int[] slots = new int[arguments.length];
    for (int i = arguments.length - 1; i >= 0; i--) {
      slots[i] = variable(arguments[i]);
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), slots[i]));
    }
    return slots;
  }

  private void reload(Type[] arguments, int[] slots) {
    for (int i = 0; i < arguments.length; i++) {
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]));
    }
  }

  /** The last argument as an object, or null if none is a value. */
  private void value(Type[] arguments, int[] slots, int values) {
    if (values == 0) {
      add(Opcodes.ACONST_NULL);
      return;
    }
    int last = arguments.length - 1;
    box(arguments[last], slots[last]);
  }

  private void box(Type type, int slot) {
    code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
    String box =
        switch (type.getSort()) {
          case Type.BOOLEAN -> "Boolean";
          case Type.CHAR -> "Character";
          case Type.BYTE -> "Byte";
          case Type.SHORT -> "Short";
          case Type.INT -> "Integer";
          case Type.LONG -> "Long";
          case Type.FLOAT -> "Float";
          case Type.DOUBLE -> "Double";
          default -> null;
        };
    if (box != null) {
      String owner = "java/lang/" + box;
      code.add(
          new MethodInsnNode(
              Opcodes.INVOKESTATIC,
              owner,
              "valueOf",
              "(" + type.getDescriptor() + ")L" + owner + ";",
              false));
    }
  }

  /** The hash of a record, of whose components some may be told apart by address alone. */
  private void hash(InvokeDynamicInsnNode insn) {
    int record = variable(Type.getArgumentTypes(insn.desc)[0]);
    code.add(new VarInsnNode(Opcodes.ASTORE, record));
    add(Opcodes.ICONST_0);
    for (int i = 2; i < insn.bsmArgs.length; i++) {
      Handle component = (Handle) insn.bsmArgs[i];
      Type type = Type.getType(component.getDesc());
      push(31);
      add(Opcodes.IMUL);
      code.add(new VarInsnNode(Opcodes.ALOAD, record));
      code.add(
          new FieldInsnNode(
              Opcodes.GETFIELD, component.getOwner(), component.getName(), component.getDesc()));
      int value = variable(type);
      code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), value));
      box(type, value);
      hook("hashOrZero", "(Ljava/lang/Object;)I");
      add(Opcodes.IADD);
    }
  }

  private void dynamic(InvokeDynamicInsnNode insn) {
    boolean ofRecord = insn.bsm.getOwner().equals("java/lang/runtime/ObjectMethods");
    if (ofRecord && insn.name.equals("hashCode")) {
      hash(insn);
      return;
    }
    for (int i = 0; i < insn.bsmArgs.length; i++) {
      if (insn.bsmArgs[i] instanceof Handle handle) {
        insn.bsmArgs[i] =
            Redirects.of(handle, facts).orElseGet(() -> bridges.to(handle, insn.desc, line));
      }
    }
    code.add(insn);
  }

  /**
   * A method that makes the call of a method reference, to be woven like any other; or nothing if
   * the reference is none to a method that can be called.
   *
   * @param captured what the reference is made of
   */
  static Optional<MethodNode> bridge(String name, Handle handle, String captured, int line) {
    int opcode =
        switch (handle.getTag()) {
          case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
          case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
          case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
          case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
          default -> -1;
        };
    if (opcode < 0) {
      return Optional.empty();
    }
    boolean creates = opcode == Opcodes.INVOKESPECIAL;
    Type owner = Type.getObjectType(handle.getOwner());
    Type[] given = Type.getArgumentTypes(captured);
    List<Type> parameters = new ArrayList<>(List.of(Type.getArgumentTypes(handle.getDesc())));
    if (opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE) {
      parameters.add(0, given.length > 0 ? given[0] : owner);
    }
    Type result = creates ? owner : Type.getReturnType(handle.getDesc());
    String descriptor = Type.getMethodDescriptor(result, parameters.toArray(new Type[0]));
    int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    MethodNode bridge = new MethodNode(Opcodes.ASM9, access, name, descriptor, null, null);
    Label start = new Label();
    bridge.visitLabel(start);
    bridge.visitLineNumber(line, start);
    if (creates) {
      bridge.visitTypeInsn(Opcodes.NEW, handle.getOwner());
      bridge.visitInsn(Opcodes.DUP);
    }
    int slot = 0;
    for (Type parameter : parameters) {
      bridge.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
      slot += parameter.getSize();
    }
    bridge.visitMethodInsn(
        opcode, handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
    bridge.visitInsn(result.getOpcode(Opcodes.IRETURN));
    bridge.visitMaxs(slot + 2, slot);
    return Optional.of(bridge);
  }

  /** What a method reference is to be a reference to instead. */
  interface Bridges {
    Handle to(Handle handle, String captured, int line);
  }
}
