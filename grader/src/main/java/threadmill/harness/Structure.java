package threadmill.harness;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TransferQueue;
import threadmill.evidence.RunningCheck;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * What a submission may be built from. Starts from what every exercise allows; each exercise adds
 * what it allows and names what it asks the student to build.
 */
public final class Structure {
  private static final Set<String> COMMON =
      Set.of(
          "java.lang",
          "java.lang.annotation",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "java.io",
          "java.math",
          "java.nio",
          "java.nio.charset",
          "java.nio.file",
          "java.nio.channels",
          "java.time",
          "threadmill");
  private static final Set<String> CALLS =
      Set.of(
          "java.lang.System.exit",
          "java.lang.System.setOut",
          "java.lang.System.setErr",
          "java.lang.System.load",
          "java.lang.System.loadLibrary",
          "java.lang.Runtime.exit",
          "java.lang.Runtime.halt",
          "java.lang.Runtime.exec",
          "java.lang.Runtime.addShutdownHook",
          "java.lang.Class.forName",
          "java.lang.Class.getDeclaredMethods",
          "java.lang.Class.getDeclaredFields",
          "java.lang.Class.getDeclaredField",
          "java.lang.Class.getDeclaredMethod",
          "java.lang.Thread.stop",
          "java.lang.Thread.suspend",
          "java.lang.Thread.resume",
          "java.lang.Thread.enumerate",
          "java.lang.Thread.getAllStackTraces",
          "java.util.Collection.parallelStream");

  /** What makes a thread wait for another's act and is no lock. */
  private static final List<Class<?>> SYNCHRONIZERS =
      List.of(
          Semaphore.class,
          CountDownLatch.class,
          CyclicBarrier.class,
          Phaser.class,
          Exchanger.class,
          BlockingQueue.class,
          BlockingDeque.class,
          TransferQueue.class,
          ArrayBlockingQueue.class,
          LinkedBlockingQueue.class,
          LinkedBlockingDeque.class,
          LinkedTransferQueue.class,
          PriorityBlockingQueue.class,
          DelayQueue.class,
          SynchronousQueue.class,
          Future.class,
          FutureTask.class,
          CompletableFuture.class,
          CompletionService.class,
          ExecutorCompletionService.class,
          Executor.class,
          Executors.class,
          ExecutorService.class,
          AbstractExecutorService.class,
          ScheduledExecutorService.class,
          ThreadPoolExecutor.class,
          ScheduledThreadPoolExecutor.class,
          ForkJoinPool.class,
          ForkJoinTask.class,
          RecursiveAction.class,
          RecursiveTask.class,
          CountedCompleter.class,
          Flow.class,
          SubmissionPublisher.class,
          Timer.class,
          PipedInputStream.class,
          PipedOutputStream.class,
          PipedReader.class,
          PipedWriter.class);

  private static final Set<String> SLEEPS =
      Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep");

  private static final Set<String> GIVES_WAY =
      Set.of("java.lang.Thread.onSpinWait", "java.lang.Thread.yield");

  private final Class<?> subject;
  private final Set<String> packages = new TreeSet<>(COMMON);
  private final Set<String> types = new TreeSet<>();
  private final Set<String> toBuild = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private final Set<String> calls = new TreeSet<>(CALLS);
  private boolean synchronizedAllowed = true;

  private Structure(Class<?> subject) {
    this.subject = subject;
    calls.addAll(SLEEPS);
    calls.addAll(GIVES_WAY);
  }

  /** The rules for the submission that this class belongs to. */
  public static Structure of(Class<?> subject) {
    return new Structure(subject);
  }

  /** Allows all types of these packages; sub-packages are named apart. */
  public Structure mayUse(String... morePackages) {
    packages.addAll(List.of(morePackages));
    return this;
  }

  /** Allows single types of packages that are closed otherwise. */
  public Structure mayUse(Class<?>... moreTypes) {
    for (Class<?> type : moreTypes) {
      types.add(type.getName());
    }
    return this;
  }

  /** Allows a call that is refused otherwise, as in {@code java.lang.Thread.sleep}. */
  public Structure mayCall(String... owners) {
    calls.removeAll(List.of(owners));
    return this;
  }

  /** Refuses a call, as in {@code java.lang.Process.destroy}. */
  public Structure mustNotCall(String... owners) {
    calls.addAll(List.of(owners));
    return this;
  }

  /**
   * Names what the exercise asks to build, which for that reason cannot be used: whoever does gets
   * no points for the exercise, since its checks would grade the library.
   */
  public Structure asksToBuild(Class<?>... answers) {
    for (Class<?> type : answers) {
      toBuild.add(type.getName());
    }
    return this;
  }

  /** The same of everything by which threads wait for each other, but for locks and these. */
  public Structure asksToBuildSynchronizers(Class<?>... otherThan) {
    List<Class<?>> free = List.of(otherThan);
    return asksToBuild(
        SYNCHRONIZERS.stream().filter(type -> !free.contains(type)).toArray(Class<?>[]::new));
  }

  /** Refuses single types of packages that are open otherwise. */
  public Structure mustNotUse(Class<?>... others) {
    for (Class<?> type : others) {
      refused.add(type.getName());
    }
    return this;
  }

  /** Refuses {@code synchronized} methods and blocks. */
  public Structure mustNotSynchronize() {
    synchronizedAllowed = false;
    return this;
  }

  /** Fails with {@link Kind#STRUCTURE} if the submission breaks a rule. */
  public void holds() {
    List<Breach> breaches = new ArrayList<>();
    for (JavaClass type : classes()) {
      dependencies(type, breaches);
      callsOf(type, breaches);
      fieldsOf(type, breaches);
      monitorsOf(type, breaches);
    }
    breaches.sort(
        Comparator.comparing((Breach b) -> !b.readyMade())
            .thenComparing(b -> b.where().file())
            // A signature has no line; what uses it has.
            .thenComparing(b -> b.where().line() == 0)
            .thenComparing(b -> b.where().line()));
    List<String> lines = breaches.stream().map(b -> b.where() + " " + b.text()).distinct().toList();
    if (!breaches.isEmpty()) {
      Breach first = breaches.get(0);
      String sentence = first.where().file().replaceAll(".*/|\\.java", "") + " " + first.text();
      throw new Failure(
          new Finding(
              Kind.STRUCTURE,
              sentence,
              Optional.of(first.where()),
              lines.size() > 1 ? lines : List.of(),
              Optional.empty(),
              first.readyMade()));
    }
    RunningCheck.current().observed();
  }

  /**
   * One thing that breaks a rule.
   *
   * @param readyMade whether it is what the exercise asks to build
   */
  private record Breach(Where where, String text, boolean readyMade) {
    Breach(Where where, String text) {
      this(where, text, false);
    }
  }

  private JavaClasses classes() {
    JavaClasses found = ArchConfiguration.withThreadLocalScope(this::imported);
    if (found.isEmpty()) {
      throw Failure.of(Kind.INCONCLUSIVE, "no class of the submission was found to look at");
    }
    return found;
  }

  private JavaClasses imported(ArchConfiguration configuration) {
    // To read all of the JDK that is mentioned takes longer than everything else.
    configuration.setResolveMissingDependenciesFromClassPath(false);
    return Students.folder()
        .map(dir -> new ClassFileImporter().importPath(dir))
        .orElseGet(() -> new ClassFileImporter().importPackagesOf(subject));
  }

  private void dependencies(JavaClass type, List<Breach> breaches) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      String name = target.getName();
      String plain = name.replaceAll("\\$.*", "");
      if (target.isPrimitive()
          || target.isEquivalentTo(Noise.class)
          || target.isEquivalentTo(ByName.class)
          || target.getPackageName().equals(subject.getPackageName())) {
        continue;
      }
      Where where = new Where(fileOf(type), dependency.getSourceCodeLocation().getLineNumber());
      if (toBuild.contains(plain)) {
        String text = "uses " + name + ", which this exercise asks you to build";
        breaches.add(new Breach(where, text, true));
      } else if (refused.contains(plain)
          || !packages.contains(target.getPackageName()) && !types.contains(plain)) {
        breaches.add(new Breach(where, "uses " + name + ", which this exercise does not allow"));
      }
    }
  }

  private void callsOf(JavaClass type, List<Breach> breaches) {
    type.getCodeUnitCallsFromSelf()
        .forEach(
            c -> refused(type, c.getTarget().getOwner(), c.getName(), c.getLineNumber(), breaches));
    type.getCodeUnitReferencesFromSelf()
        .forEach(
            c -> refused(type, c.getTarget().getOwner(), c.getName(), c.getLineNumber(), breaches));
  }

  private void refused(
      JavaClass type, JavaClass owner, String method, int line, List<Breach> breaches) {
    // A call through a subclass, as in MyThread.sleep, names the subclass.
    boolean hit = lineage(owner).stream().anyMatch(name -> calls.contains(name + "." + method));
    if (hit) {
      boolean made = method.equals("<init>");
      String words =
          made
              ? "makes a new " + owner.getSimpleName()
              : "calls " + owner.getSimpleName() + "." + method;
      String why = why(owner.getName() + "." + method);
      breaches.add(new Breach(new Where(fileOf(type), line), words + why));
    }
  }

  private static String why(String call) {
    if (GIVES_WAY.contains(call)) {
      return ": giving way and looking again is no synchronisation here";
    }
    return SLEEPS.contains(call)
        ? ": waiting by the clock is no synchronisation here"
        : ", which this exercise does not allow";
  }

  /** The names of a class and its superclasses; from where the JDK begins, the JVM knows them. */
  private static List<String> lineage(JavaClass type) {
    List<String> names = new ArrayList<>(List.of(type.getName()));
    type.getAllRawSuperclasses().forEach(s -> names.add(s.getName()));
    try {
      ClassLoader loader = Structure.class.getClassLoader();
      Class<?> known = Class.forName(names.get(names.size() - 1), false, loader);
      for (Class<?> s = known.getSuperclass(); s != null; s = s.getSuperclass()) {
        names.add(s.getName());
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // Known to the submission alone, whose superclasses are all in the list.
      return names;
    }
    return names;
  }

  private void fieldsOf(JavaClass type, List<Breach> breaches) {
    for (JavaField field : type.getFields()) {
      boolean mutable =
          field.getModifiers().contains(JavaModifier.STATIC)
              && !field.getModifiers().contains(JavaModifier.FINAL);
      if (mutable && !field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
        breaches.add(
            new Breach(
                new Where(fileOf(type), 0),
                "has the static field " + field.getName() + ", which all instances would share"));
      }
    }
  }

  private void monitorsOf(JavaClass type, List<Breach> breaches) {
    if (synchronizedAllowed) {
      return;
    }
    for (JavaMethod method : type.getMethods()) {
      if (method.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
        breaches.add(
            new Breach(
                new Where(fileOf(type), method.getSourceCodeLocation().getLineNumber()),
                "declares "
                    + method.getName()
                    + " synchronized, which this exercise does not allow"));
      }
    }
    Monitors.linesIn(type)
        .forEach(
            line ->
                breaches.add(
                    new Breach(
                        new Where(fileOf(type), line),
                        "has a synchronized block, which this exercise does not allow")));
  }

  private static String fileOf(JavaClass type) {
    String folder =
        type.getPackageName().isEmpty() ? "" : type.getPackageName().replace('.', '/') + "/";
    return folder
        + type.getSource().flatMap(s -> s.getFileName()).orElse(type.getSimpleName() + ".java");
  }
}
