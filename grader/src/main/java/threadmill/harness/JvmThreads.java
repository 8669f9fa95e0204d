package threadmill.harness;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The live platform threads of this JVM, and which of them run nothing of a submission's own. They
 * are known by what they are and never by their names, which any thread may change.
 */
final class JvmThreads {
  private static final String OURS = "threadmill.";

  /** Of the JDK's own, which no other code can make. */
  private static final Set<String> CLASSES =
      Set.of("jdk.internal.misc.InnocuousThread", "jdk.internal.misc.CarrierThread");

  private JvmThreads() {}

  static List<Thread> alive() {
    try {
      return Arrays.asList((Thread[]) Access.THREADS.invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not tell its threads", e);
    }
  }

  /** Whether it is one of ours, a contract's, a given file's or the JDK's. */
  static boolean isOfNoSubmission(Thread thread) {
    String type = thread.getClass().getName();
    boolean common =
        thread instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    return type.startsWith(OURS)
        || CLASSES.contains(type)
        || common
        || isCommonTimer(thread)
        || Access.isServants(thread);
  }

  /**
   * From JDK 25 on a pool has a timer, which forgets its pool; no other thread is of that class,
   * and nobody but the pool gets hold of it to change its name.
   */
  private static boolean isCommonTimer(Thread thread) {
    return thread.getClass().getName().equals("java.util.concurrent.DelayScheduler")
        && thread.getName().startsWith("ForkJoinPool.commonPool");
  }

  /** What the JDK does not tell by itself: its package must be open to us. */
  private static final class Access {
    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";
    private static final Method THREADS = method(Thread.class, "getThreads");

    /**
     * The executors whose threads notice the end of a process and wake up futures, up to JDK 24;
     * null where there is none.
     */
    private static final Object REAPERS =
        valueOf("java.lang.ProcessHandleImpl", "processReaperExecutor");

    private static final Object DELAYER =
        valueOf("java.util.concurrent.CompletableFuture$Delayer", "delayer");

    /** Whether it works for one of those executors. */
    static boolean isServants(Thread thread) {
      Object task = taskOf(thread);
      if (task == null || !task.getClass().getName().equals(WORKER)) {
        return false;
      }
      Object executor = value(task, "this$0");
      return executor != null && (executor == REAPERS || executor == DELAYER);
    }

    /** What the thread was made to run; newer JDKs keep it in a holder. */
    private static Object taskOf(Thread thread) {
      Object holder = value(Thread.class, thread, "holder");
      return holder == null ? value(Thread.class, thread, "target") : value(holder, "task");
    }

    private static Object valueOf(String type, String name) {
      try {
        return value(Class.forName(type), null, name);
      } catch (ClassNotFoundException e) {
        return null;
      }
    }

    private static Object value(Object object, String name) {
      return value(object.getClass(), object, name);
    }

    private static Object value(Class<?> type, Object object, String name) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
      } catch (NoSuchFieldException e) {
        // Another JDK does it in another way.
        return null;
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Method method(Class<?> type, String name) {
      try {
        Method method = type.getDeclaredMethod(name);
        method.setAccessible(true);
        return method;
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("this JVM does not tell its threads", e);
      }
    }
  }
}
