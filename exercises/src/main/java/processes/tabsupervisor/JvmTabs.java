package processes.tabsupervisor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import threadmill.JavaCommand;

/**
 * Tabs that are child JVMs. They answer {@code name:line}, but end on {@code exit}, {@code halt},
 * {@code segv} and {@code oom}, and say nothing on {@code hang}.
 */
public final class JvmTabs implements TabFactory {
  private static final String ANSWER = "> ";

  @Override
  public TabProcess start(String name) throws IOException {
    return new JvmTab(
        new ProcessBuilder(JavaCommand.of(JvmTabs.class, name))
            .redirectError(Redirect.DISCARD)
            .start());
  }

  private static final class JvmTab implements TabProcess {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    JvmTab(Process process) {
      this.process = process;
      this.in = process.outputWriter(StandardCharsets.UTF_8);
      this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public void send(String line) throws IOException {
      in.write(line + "\n");
      in.flush();
    }

    @Override
    public String receive() throws IOException {
      String line = out.readLine();
      // A JVM that crashes says so on its standard output.
      while (line != null && !line.startsWith(ANSWER)) {
        line = out.readLine();
      }
      return line == null ? null : line.substring(ANSWER.length());
    }

    @Override
    public CompletableFuture<Void> onExit() {
      return process.onExit().thenApply(ended -> null);
    }

    @Override
    public void kill() {
      process.toHandle().destroyForcibly();
    }
  }

  /** What the process of a tab runs. */
  public static void main(String[] name) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "exit" -> System.exit(1);
        case "halt" -> Runtime.getRuntime().halt(1);
        case "segv" -> crash();
        case "oom" -> System.out.println(new long[Integer.MAX_VALUE - 8].length);
        case "hang" -> new CountDownLatch(1).await();
        default -> System.out.println(ANSWER + name[0] + ":" + line);
      }
    }
  }

  private static void crash() throws InterruptedException {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("/bin/sh", "-c", "kill -SEGV " + self).start();
      new CountDownLatch(1).await();
    } catch (IOException e) {
      // No such command here.
      Runtime.getRuntime().halt(139);
    }
  }
}
