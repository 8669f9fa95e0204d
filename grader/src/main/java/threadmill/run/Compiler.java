package threadmill.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.kit.Workshop.Bench;
import threadmill.model.ExitStatus;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Limits;
import threadmill.model.Submission.Source;
import threadmill.model.Where;

/**
 * Compiles submissions in a process of their own, against the given files and nothing else. A
 * compiler that works for too long or needs too much memory speaks against the sources; one that
 * gets no processor, or is ended by somebody else, speaks against nobody: that is inconclusive.
 */
final class Compiler {
  private static final Duration MOST_CPU = Duration.ofSeconds(60);
  private static final Duration MOST_TIME = Duration.ofMinutes(5);
  private static final int MOST_ERRORS = 10;
  private static final int LONGEST_REASON = 1_000;
  private static final int TRIES = 3;
  private static final String KILLED = "the compiler was killed by ";

  /**
   * What is to be compiled.
   *
   * @param folder where its sources and class files go
   */
  record Order(List<Source> sources, Bench bench, Path folder) {}

  /**
   * What came of it.
   *
   * @param classes where the class files are
   * @param problem why there are none
   */
  record Compiled(Path classes, Optional<Finding> problem) {
    private boolean isWorthATry() {
      return problem.filter(p -> p.sentence().startsWith(KILLED)).isPresent();
    }

    private Compiled afterAllTries() {
      return isWorthATry()
          ? new Compiled(
              classes,
              problem.map(p -> unclear(p.sentence() + ", the last of " + TRIES + " times")))
          : this;
    }
  }

  private final Jail jail;

  Compiler(Jail jail) {
    this.jail = jail;
  }

  /**
   * Compiles one after the other in one process, which is quick once it has begun.
   *
   * @param orders whose sources may know of each other's; at least one
   * @param folder the process may write below it; holds the folders of the orders
   */
  List<Compiled> compile(List<Order> orders, Path folder) throws IOException {
    List<Compiled> all = new ArrayList<>(once(orders, folder));
    for (int tries = 1; tries < TRIES; tries++) {
      List<Integer> again =
          IntStream.range(0, all.size()).filter(i -> all.get(i).isWorthATry()).boxed().toList();
      if (again.isEmpty()) {
        break;
      }
      List<Compiled> next = once(again.stream().map(orders::get).toList(), folder);
      for (int i = 0; i < again.size(); i++) {
        all.set(again.get(i), next.get(i));
      }
    }
    return all.stream().map(Compiled::afterAllTries).toList();
  }

  private List<Compiled> once(List<Order> orders, Path folder) throws IOException {
    List<String> args = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    Set<Path> readable = new LinkedHashSet<>(Jvm.readable(ClassPaths.ofChild()));
    for (Order order : orders) {
      Path given = order.bench().given();
      int release = Math.max(17, order.bench().exercise().minJava());
      args.addAll(List.of(classes(order).toString(), given.toString(), "" + release));
      args.add("" + order.sources().size());
      args.addAll(write(order, names));
      readable.add(given);
    }
    String main = CompilerMain.class.getName();
    List<String> command = Jvm.command(ClassPaths.ofChild(), ClassArchive.flags(), main, args);
    Limits limits = orders.get(0).bench().exercise().limits();
    List<Path> inputs =
        Stream.concat(readable.stream(), names.keySet().stream().map(Path::of)).toList();
    RunFiles files = RunFiles.of(inputs);
    Shortage shortage = Shortage.watch();
    Cell cell = new Cell(command, folder, true, List.copyOf(readable), limits);
    try (Inmate inmate = jail.start(cell)) {
      return read(inmate, orders, names).stream()
          .map(
              c ->
                  new Compiled(
                      c.classes(), c.problem().map(p -> believed(p, files, shortage, folder))))
          .toList();
    }
  }

  /** What the machine did to the compiler says nothing of the sources. */
  private static Finding believed(Finding problem, RunFiles files, Shortage shortage, Path folder) {
    if (problem.kind() == Kind.INCONCLUSIVE) {
      return problem;
    }
    return files.areSpoilt()
        ? unclear("somebody changed files that the compiler worked with")
        : shortage.reason(folder, resource -> false).map(Compiler::unclear).orElse(problem);
  }

  private static Path classes(Order order) {
    return order.folder().resolve("classes");
  }

  /** Writes the sources and answers their paths; they are told by the names students gave. */
  private static List<String> write(Order order, Map<String, String> names) throws IOException {
    Files.createDirectories(classes(order));
    String exercise = order.bench().exercise().folder();
    Path sources = Files.createDirectories(order.folder().resolve("src/" + exercise));
    List<String> files = new ArrayList<>();
    for (Source source : order.sources()) {
      Path file = path(sources, source.fileName());
      Files.writeString(file, source.text(), StandardCharsets.UTF_8);
      names.put(file.toString(), source.path());
      files.add(file.toString());
    }
    return files;
  }

  /**
   * @throws IOException if this machine's locale has no way to write the name
   */
  private static Path path(Path folder, String name) throws IOException {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new IOException(
          "the name of "
              + name
              + " cannot be written in this machine's locale; grade it again in one of UTF-8, as"
              + " with LC_ALL=C.UTF-8",
          e);
    }
  }

  private static List<Compiled> read(Inmate inmate, List<Order> orders, Map<String, String> names) {
    BlockingQueue<Optional<Finding>> answers = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(() -> listen(inmate, orders.size(), names, answers), "compiler output");
    reader.setDaemon(true);
    reader.start();
    long begin = System.nanoTime();
    List<Compiled> all = new ArrayList<>();
    for (Order order : orders) {
      all.add(new Compiled(classes(order), next(answers, inmate, begin, orders.size())));
    }
    return all;
  }

  private static void listen(
      Inmate inmate,
      int orders,
      Map<String, String> names,
      BlockingQueue<Optional<Finding>> answers) {
    int heard = 0;
    try (DataInputStream in = new DataInputStream(inmate.process().getInputStream())) {
      for (; heard < orders; heard++) {
        answers.add(problem(in, names));
      }
    } catch (IOException e) {
      Optional<Finding> why = Optional.of(brokenOff(inmate));
      for (; heard < orders; heard++) {
        answers.add(why);
      }
    }
  }

  private static String said(Process process) {
    try {
      byte[] words = process.getErrorStream().readNBytes(LONGEST_REASON);
      return Output.reason(new String(words, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Finding> next(
      BlockingQueue<Optional<Finding>> answers, Inmate inmate, long begin, int orders) {
    while (true) {
      try {
        Optional<Finding> heard = answers.poll(1, TimeUnit.SECONDS);
        if (heard != null) {
          return heard;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of(unclear("the compiler was interrupted"));
      }
      if (inmate.cpu().compareTo(MOST_CPU.multipliedBy(orders)) > 0) {
        String spent = "took more than " + MOST_CPU.toSeconds() + " s of processor time";
        return Optional.of(gaveUp(spent));
      }
      if (System.nanoTime() - begin > MOST_TIME.toNanos()) {
        String late = "did not end within " + MOST_TIME.toMinutes() + " minutes";
        return Optional.of(unclear("the compiler " + late + " on this busy machine"));
      }
    }
  }

  private static Finding brokenOff(Inmate inmate) {
    if (inmate.isOutOfMemory()) {
      return gaveUp("ran out of memory");
    }
    try {
      if (!inmate.process().waitFor(5, TimeUnit.SECONDS)) {
        return unclear("the compiler broke off and did not end");
      }
      ExitStatus how = new ExitStatus(inmate.process().exitValue());
      if (how.isKill()) {
        return unclear(KILLED + how);
      }
      return how.code() == CompilerMain.OUT_OF_RESOURCES
          ? gaveUp("ran out of memory or stack (256 MiB, 512 KiB)")
          : unclear("the compiler broke off with " + how + said(inmate.process()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unclear("the compiler was interrupted");
    }
  }

  private static Finding gaveUp(String why) {
    return Finding.of(
        Kind.CONTRACT, "the compiler " + why + " on these sources; make them simpler");
  }

  private static Finding unclear(String sentence) {
    return Finding.of(Kind.INCONCLUSIVE, sentence);
  }

  private static Optional<Finding> problem(DataInputStream in, Map<String, String> names)
      throws IOException {
    Optional<Finding> problem = Optional.empty();
    List<String> lines = new ArrayList<>();
    for (int item = in.readByte(); item != CompilerMain.END; item = in.readByte()) {
      if (item == CompilerMain.ERROR) {
        String file = in.readUTF();
        Where where = new Where(names.getOrDefault(file, file), in.readInt());
        String message = in.readUTF();
        if (problem.isEmpty()) {
          String head = message.lines().findFirst().orElse("for no reason that is told");
          problem = Optional.of(Finding.of(Kind.CONTRACT, "does not compile: " + head).at(where));
        }
        if (lines.size() < MOST_ERRORS) {
          lines.add(where.file() + ":" + where.line() + ": " + message);
        }
      } else {
        Kind kind = item == CompilerMain.TOO_MUCH ? Kind.CONTRACT : Kind.INCONCLUSIVE;
        problem = Optional.of(Finding.of(kind, in.readUTF()));
      }
    }
    return problem.map(found -> found.with(lines));
  }
}
