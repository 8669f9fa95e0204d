package threadmill.run;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import threadmill.jail.Inmate;
import threadmill.jail.Jail;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Submission.Source;
import threadmill.model.Where;

/** Compiles submissions in a process of their own, against the given files and nothing else. */
final class Compiler {
  private static final int LIMIT_SECONDS = 60;
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
    List<String> command = Jvm.command(graderOnly(), List.of(), main, args);
    try (Inmate inmate = jail.start(command, workFolder)) {
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
    try {
      return new Compiled(classes, answer.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Compiled(classes, Optional.of(gaveUp("was interrupted")));
    } catch (java.util.concurrent.TimeoutException e) {
      return new Compiled(classes, Optional.of(gaveUp("took more than " + LIMIT_SECONDS + " s")));
    } catch (java.util.concurrent.ExecutionException e) {
      return new Compiled(classes, Optional.of(gaveUp("ran out of resources")));
    }
  }

  private static Finding gaveUp(String why) {
    return Finding.of(Kind.CONTRACT, "the compiler " + why + " on these sources");
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

  private static String graderOnly() {
    return ClassPaths.ofChild().split(File.pathSeparator)[0];
  }
}
