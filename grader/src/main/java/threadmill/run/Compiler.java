package threadmill.run;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Finding;
import threadmill.model.Kind;
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

  /**
   * What came of it.
   *
   * @param classes where the class files are
   * @param problem why there are none
   */
  record Compiled(Path classes, Optional<Finding> problem) {}

  private final Jail jail;

  Compiler(Jail jail) {
    this.jail = jail;
  }

  Compiled compile(List<Source> sources, Bench bench, Path workFolder) throws IOException {
    Path classes = Files.createDirectories(workFolder.resolve("classes"));
    Map<String, String> names = new LinkedHashMap<>();
    Path folder = Files.createDirectories(workFolder.resolve("src/" + bench.exercise().folder()));
    for (Source source : sources) {
      Path file = folder.resolve(source.fileName());
      Files.writeString(file, source.text(), StandardCharsets.UTF_8);
      names.put(file.toString(), source.path());
    }
    List<String> args = new ArrayList<>();
    args.addAll(
        List.of(
            classes.toString(),
            bench.given().toString(),
            Integer.toString(Math.max(17, bench.exercise().minJava()))));
    args.addAll(names.keySet());
    String main = CompilerMain.class.getName();
    List<String> command = Jvm.command(ClassPaths.ofChild(), ClassArchive.flags(), main, args);
    List<Path> readable = Jvm.readable(ClassPaths.ofChild() + File.pathSeparator + bench.given());
    Cell cell = new Cell(command, workFolder, true, readable, bench.exercise().limits());
    try (Inmate inmate = jail.start(cell)) {
      return read(inmate, classes, names);
    }
  }

  private static Compiled read(Inmate inmate, Path classes, Map<String, String> names) {
    CompletableFuture<Optional<Finding>> answer = new CompletableFuture<>();
    Process process = inmate.process();
    Thread reader =
        new Thread(
            () -> {
              try (DataInputStream in = new DataInputStream(process.getInputStream())) {
                answer.complete(errors(in, names));
              } catch (IOException e) {
                answer.completeExceptionally(e);
              }
            },
            "compiler output");
    reader.setDaemon(true);
    reader.start();
    long begin = System.nanoTime();
    while (true) {
      try {
        return new Compiled(classes, answer.get(1, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return unclear(classes, "the compiler was interrupted");
      } catch (TimeoutException e) {
        if (inmate.cpu().compareTo(MOST_CPU) > 0) {
          String spent = "took more than " + MOST_CPU.toSeconds() + " s of processor time";
          return new Compiled(classes, Optional.of(gaveUp(spent)));
        }
        if (System.nanoTime() - begin > MOST_TIME.toNanos()) {
          String late = "did not end within " + MOST_TIME.toMinutes() + " minutes";
          return unclear(classes, "the compiler " + late + " on this busy machine");
        }
      } catch (ExecutionException e) {
        int exit = exitCode(process);
        return exit == CompilerMain.OUT_OF_RESOURCES
            ? new Compiled(classes, Optional.of(gaveUp("ran out of resources")))
            : unclear(classes, "the compiler broke off with exit code " + exit);
      }
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static Finding gaveUp(String why) {
    return Finding.of(Kind.CONTRACT, "the compiler " + why + " on these sources");
  }

  private static Compiled unclear(Path classes, String sentence) {
    return new Compiled(classes, Optional.of(Finding.of(Kind.INCONCLUSIVE, sentence)));
  }

  private static Optional<Finding> errors(DataInputStream in, Map<String, String> names)
      throws IOException {
    List<String> lines = new ArrayList<>();
    Optional<Where> first = Optional.empty();
    String sentence = null;
    while (in.readBoolean()) {
      String file = in.readUTF();
      Where where = new Where(names.getOrDefault(file, file), in.readInt());
      String message = in.readUTF();
      if (sentence == null) {
        sentence = message.lines().findFirst().orElse("does not compile");
        first = Optional.of(where);
      }
      if (lines.size() < MOST_ERRORS) {
        lines.add(where.file() + ":" + where.line() + ": " + message);
      }
    }
    return sentence == null
        ? Optional.empty()
        : Optional.of(new Finding(Kind.CONTRACT, "does not compile: " + sentence, first, lines));
  }
}
