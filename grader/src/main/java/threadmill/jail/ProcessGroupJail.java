package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Level D: a session and process group of its own, resource limits where the system has {@code
 * prlimit}, and a mark in the environment by which even orphans are found.
 */
final class ProcessGroupJail implements Jail {
  private static final Optional<Path> SETSID = tool("setsid");
  private static final Optional<Path> PRLIMIT = tool("prlimit");

  private final Limits limits;

  ProcessGroupJail(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Level level() {
    return Level.D;
  }

  @Override
  public Inmate start(List<String> command, Path workingFolder) throws IOException {
    List<String> confined = new ArrayList<>();
    SETSID.ifPresent(tool -> confined.add(tool.toString()));
    PRLIMIT.ifPresent(
        tool ->
            confined.addAll(
                List.of(
                    tool.toString(),
                    "--core=0",
                    "--nofile=" + limits.descriptors(),
                    "--fsize=" + limits.fileBytes())));
    confined.addAll(command);
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(confined).directory(workingFolder.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", workingFolder.toString());
    environment.put(ProcessTree.MARK, mark);
    return ProcessTree.register(builder.start(), mark, SETSID.isPresent());
  }

  private static Optional<Path> tool(String name) {
    return Stream.of("/usr/bin/", "/bin/")
        .map(dir -> Path.of(dir + name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
