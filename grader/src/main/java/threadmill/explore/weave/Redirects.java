package threadmill.explore.weave;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;
import threadmill.explore.sim.Hooks;

/** Which calls go to {@link Hooks} instead, and which are refused. */
final class Redirects {
  static final String HOOKS = Type.getInternalName(Hooks.class);
  private static final String OBJECT = "java/lang/Object";
  private static final String THREAD = "java/lang/Thread";
  static final String CLOCK = "java/time/Clock";
  private static final String CONDITION = "java/util/concurrent/locks/Condition";
  private static final Set<String> CONDITIONS =
      Set.of(
          CONDITION,
          "java/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer$ConditionObject");
  private static final String BUILDER = "java/lang/Thread$Builder";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String[] REFUSED = {
    "java/net/",
    "java/nio/channels/",
    "java/nio/file/Files",
    "java/lang/Process",
    "java/io/File",
    "java/io/Piped",
    "java/io/RandomAccessFile",
    "java/io/InputStream",
    "java/io/OutputStream",
    "java/io/Object",
    "java/util/Scanner",
    "java/lang/ref/",
    "java/lang/reflect/"
  };

  private static final Map<String, String> CALLS = new HashMap<>();

  static {
    call(OBJECT, "wait", "()V", "await");
    call(OBJECT, "wait", "(J)V", "await");
    call(OBJECT, "wait", "(JI)V", "await");
    call(OBJECT, "notify", "()V", "notify");
    call(OBJECT, "notifyAll", "()V", "notifyAll");
    call(THREAD, "start", "()V", "start");
    call(THREAD, "join", "()V", "join");
    call(THREAD, "join", "(J)V", "join");
    call(THREAD, "join", "(JI)V", "join");
    call(THREAD, "join", "(Ljava/time/Duration;)Z", "join");
    call(THREAD, "interrupt", "()V", "interrupt");
    call(THREAD, "isInterrupted", "()Z", "isInterrupted");
    call(THREAD, "isAlive", "()Z", "isAlive");
    call(THREAD, "getState", "()Ljava/lang/Thread$State;", "getState");
    call(THREAD, "getId", "()J", "threadId");
    call(THREAD, "threadId", "()J", "threadId");
    direct(THREAD, "currentThread", "()Ljava/lang/Thread;", "currentThread");
    direct(THREAD, "sleep", "(J)V", "sleep");
    direct(THREAD, "sleep", "(JI)V", "sleep");
    direct(THREAD, "sleep", "(Ljava/time/Duration;)V", "sleep");
    direct(THREAD, "yield", "()V", "yield");
    direct(THREAD, "onSpinWait", "()V", "spinWait");
    direct(THREAD, "interrupted", "()Z", "interrupted");
    direct(THREAD, "holdsLock", "(Ljava/lang/Object;)Z", "holdsLock");
    direct(
        THREAD,
        "startVirtualThread",
        "(Ljava/lang/Runnable;)Ljava/lang/Thread;",
        "startVirtualThread");
    direct("java/lang/System", "nanoTime", "()J", "nanoTime");
    direct("java/lang/System", "currentTimeMillis", "()J", "currentTimeMillis");
    direct("java/lang/System", "identityHashCode", "(Ljava/lang/Object;)I", "identityHash");
    String clock = "Ljava/time/Clock;";
    String zone = "(Ljava/time/ZoneId;)";
    direct(CLOCK, "systemUTC", "()" + clock, "clockUtc");
    direct(CLOCK, "systemDefaultZone", "()" + clock, "clock");
    direct(CLOCK, "system", zone + clock, "clock");
    direct(CLOCK, "tickMillis", zone + clock, "tickMillis");
    direct(CLOCK, "tickSeconds", zone + clock, "tickSeconds");
    direct(CLOCK, "tickMinutes", zone + clock, "tickMinutes");
    direct("java/time/InstantSource", "system", "()Ljava/time/InstantSource;", "instants");
    direct("java/util/Calendar", "getInstance", "()Ljava/util/Calendar;", "calendar");
    direct("java/lang/Math", "random", "()D", "fraction");
    direct("java/lang/StrictMath", "random", "()D", "fraction");
    direct("java/util/UUID", "randomUUID", "()Ljava/util/UUID;", "uuid");
    String generator = "Ljava/util/random/RandomGenerator;";
    String generators = "java/util/random/RandomGenerator";
    direct(generators, "getDefault", "()" + generator, "generator");
    direct(generators, "of", "(Ljava/lang/String;)" + generator, "generator");
    call(generators + "Factory", "create", "()" + generator, "generator");
    call("java/lang/Runtime", "availableProcessors", "()I", "processors");
    call("java/lang/Runtime", "maxMemory", "()J", "memory");
    call("java/lang/Runtime", "totalMemory", "()J", "memory");
    call("java/lang/Runtime", "freeMemory", "()J", "freeMemory");
    call("java/util/concurrent/TimeUnit", "sleep", "(J)V", "sleep");
    call("java/util/concurrent/TimeUnit", "timedWait", "(Ljava/lang/Object;J)V", "timedWait");
    call("java/util/concurrent/TimeUnit", "timedJoin", "(Ljava/lang/Thread;J)V", "timedJoin");
    String uncaught = "(Ljava/lang/Thread;Ljava/lang/Throwable;)V";
    call("java/lang/Thread$UncaughtExceptionHandler", "uncaughtException", uncaught, "uncaught");
    call("java/lang/ThreadGroup", "uncaughtException", uncaught, "uncaught");
    String handler = "Ljava/lang/Thread$UncaughtExceptionHandler;";
    direct(THREAD, "setDefaultUncaughtExceptionHandler", "(" + handler + ")V", "setDefaultHandler");
    direct(THREAD, "getDefaultUncaughtExceptionHandler", "()" + handler, "defaultHandler");
    call(THROWABLE, "printStackTrace", "()V", "printStackTrace");
    String lookup = "java/lang/invoke/MethodHandles$Lookup";
    String find =
        "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;";
    call(lookup, "findVarHandle", find, "findVarHandle");
    call(lookup, "findStaticVarHandle", find, "findStaticVarHandle");
    String util = "jdk/internal/invoke/MhUtil";
    String by = "(L" + lookup + ";";
    direct(util, "findVarHandle", by + find.substring(1), "findVarHandle");
    String own = "Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;";
    direct(util, "findVarHandle", by + own, "findVarHandle");
    String cleaner = "java/lang/ref/Cleaner";
    direct("jdk/internal/ref/CleanerFactory", "cleaner", "()L" + cleaner + ";", "cleaner");
    String register = "(Ljava/lang/Object;Ljava/lang/Runnable;)L" + cleaner + "$Cleanable;";
    call(cleaner, "register", register, "register");
    String reflect = "sun/reflect/misc/ReflectUtil";
    String member = "(Ljava/lang/Class;Ljava/lang/Class;Ljava/lang/Object;I)V";
    direct(reflect, "ensureMemberAccess", member, "ensureMemberAccess");
    direct(reflect, "checkPackageAccess", "(Ljava/lang/Class;)V", "checkPackageAccess");
    for (String fence :
        new String[] {
          "fullFence", "acquireFence", "releaseFence", "loadLoadFence", "storeStoreFence"
        }) {
      direct("java/lang/invoke/VarHandle", fence, "()V", "fence");
    }
    String container = "jdk/internal/vm/SharedThreadContainer";
    CALLS.put(
        container + ".create(Ljava/lang/String;)L" + container + ";",
        "noContainer(Ljava/lang/String;)Ljava/lang/Object;");
    CALLS.put(
        container + ".start(Ljava/lang/Thread;)V",
        "containerStart(Ljava/lang/Object;Ljava/lang/Thread;)V");
    CALLS.put(container + ".close()V", "containerClose(Ljava/lang/Object;)V");
    CALLS.put(
        "jdk/internal/access/JavaLangAccess.start(Ljava/lang/Thread;Ljdk/internal/vm/ThreadContainer;)V",
        "startIn(Ljava/lang/Object;Ljava/lang/Thread;Ljava/lang/Object;)V");
    String factory = "()Ljava/util/concurrent/ThreadFactory;";
    CALLS.put(
        "java/lang/Thread$Builder$OfVirtual.factory" + factory,
        "virtualFactory(Ljava/lang/Object;" + factory.substring(1));
  }

  private Redirects() {}

  private static void direct(String owner, String name, String descriptor, String hook) {
    CALLS.put(owner + "." + name + descriptor, hook + descriptor);
  }

  private static void call(String owner, String name, String descriptor, String hook) {
    CALLS.put(owner + "." + name + descriptor, hook + "(L" + owner + ";" + descriptor.substring(1));
  }

  /** The static hook that does this call's work, name and descriptor in one. */
  static Optional<String> of(MethodInsnNode call, ClassFacts facts, boolean library) {
    return of(call.owner, call.name, call.desc, facts)
        .or(() -> library ? Optional.empty() : ofConditions(call))
        .or(() -> library ? Optional.empty() : ofThreads(call));
  }

  /** Builders of threads, and what kind of thread the program has. */
  private static Optional<String> ofThreads(MethodInsnNode call) {
    if (call.owner.equals(THREAD) && call.name.equals("isVirtual")) {
      return Optional.of("isVirtual(L" + THREAD + ";)Z");
    }
    if (call.owner.equals(THREAD) && call.desc.startsWith("()L" + BUILDER)) {
      return Optional.of(call.name + "()L" + OBJECT + ";");
    }
    if (!call.owner.startsWith(BUILDER)) {
      return Optional.empty();
    }
    int end = call.desc.indexOf(')') + 1;
    String result = call.desc.substring(end);
    return Optional.of(
        (call.name.equals("start") ? "started" : call.name)
            + "(L"
            + OBJECT
            + ";"
            + call.desc.substring(1, end)
            + (result.startsWith("L" + BUILDER) ? "L" + OBJECT + ";" : result));
  }

  /** The JDK's own classes wait for conditions in loops; others are to show that they do. */
  private static Optional<String> ofConditions(MethodInsnNode call) {
    boolean waits = CONDITIONS.contains(call.owner) && call.name.startsWith("await");
    return waits
        ? Optional.of(call.name + "(L" + CONDITION + ";" + call.desc.substring(1))
        : Optional.empty();
  }

  /** As above, for a method reference. */
  static Optional<Handle> of(Handle handle, ClassFacts facts) {
    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL
        || handle.getTag() < Opcodes.H_INVOKEVIRTUAL) {
      return Optional.empty();
    }
    return of(handle.getOwner(), handle.getName(), handle.getDesc(), facts)
        .map(
            hook -> {
              int open = hook.indexOf('(');
              return new Handle(
                  Opcodes.H_INVOKESTATIC,
                  HOOKS,
                  hook.substring(0, open),
                  hook.substring(open),
                  false);
            });
  }

  private static Optional<String> of(
      String owner, String name, String descriptor, ClassFacts facts) {
    String exact = CALLS.get(owner + "." + name + descriptor);
    if (exact != null) {
      return Optional.of(exact);
    }
    String waits = CALLS.get(OBJECT + "." + name + descriptor);
    if (waits != null) {
      return Optional.of(waits);
    }
    for (String base : new String[] {THREAD, THROWABLE}) {
      String inherited = CALLS.get(base + "." + name + descriptor);
      if (inherited != null && facts.inherits(owner, name, descriptor, base)) {
        return Optional.of(inherited);
      }
    }
    return Optional.empty();
  }

  /** What cannot be done with a call: control what it touches, or watch its object. */
  static Optional<String> refusal(MethodInsnNode call, ClassFacts facts, Relocation relocation) {
    return uncontrolled(call)
        .map(what -> "control " + what)
        .or(() -> Watching.unknown(call.owner, facts, relocation).map(what -> "watch " + what));
  }

  private static Optional<String> uncontrolled(MethodInsnNode call) {
    for (String prefix : REFUSED) {
      if (call.owner.startsWith(prefix)) {
        boolean harmless =
            call.owner.startsWith("java/lang/ref/") && !call.owner.contains("Cleaner")
                || call.owner.startsWith("java/io/OutputStream") && call.name.equals("<init>")
                || call.owner.equals("java/lang/reflect/Array")
                || call.owner.startsWith("java/lang/reflect/") && call.name.startsWith("get");
        return harmless ? Optional.empty() : Optional.of(call.owner.replace('/', '.'));
      }
    }
    if (call.name.equals("parallelStream")
        || call.name.equals("parallel") && call.owner.startsWith("java/util/stream/")) {
      return Optional.of("a parallel stream");
    }
    if (call.owner.equals("java/lang/Runtime")
            && (call.name.equals("exec") || call.name.equals("halt"))
        || call.owner.equals("java/lang/System") && call.name.equals("exit")
        || call.owner.equals(THREAD) && (call.name.equals("stop") || call.name.equals("suspend"))) {
      return Optional.of(call.owner.replace('/', '.') + "." + call.name);
    }
    return Optional.empty();
  }
}
