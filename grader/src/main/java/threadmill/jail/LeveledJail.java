package threadmill.jail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import threadmill.model.Limits;

/**
 * Starts processes at one level. The command line is built from the outside in: a session of its
 * own, the cgroup, the private user, the namespaces, the limits, the command.
 */
final class LeveledJail implements Jail {
  /** Opens the filter in $1, joins the cgroups up to the word --, and becomes the rest. */
  private static final String SHELL =
      "umask 022; f=$1; shift; while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 126; shift; done;"
          + " shift; if [ -n \"$f\" ]; then exec \"$@\" "
          + Bubblewrap.FILTER
          + "< \"$f\"; else exec \"$@\"; fi";

  /** Becomes the rest, deaf to what a terminal sends to all that were started from it. */
  private static final String DEAF = "trap '' HUP INT QUIT TSTP; exec \"$@\"";

  private final Level level;
  private final Readable readable;
  private final Optional<Path> setsid;

  /**
   * @param own the folders of the grader's own, in which it may open files to other users
   */
  LeveledJail(Level level, List<Path> own) {
    this(level, own, Tool.SETSID);
  }

  /**
   * @param own the folders of the grader's own, in which it may open files to other users
   * @param setsid the tool that begins a session, if there is one
   */
  LeveledJail(Level level, List<Path> own, Optional<Path> setsid) {
    this.level = level;
    this.readable = new Readable(own);
    this.setsid = setsid;
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public Limits inForce(Limits wanted) {
    return Tool.PRLIMIT.isPresent()
        ? OwnLimits.HERE.clamp(wanted)
        : OwnLimits.HERE.inherited(wanted);
  }

  @Override
  public Inmate start(Cell cell) throws IOException {
    Ending.stopHere();
    Fittings fittings = new Fittings();
    try {
      return start(cell, fittings);
    } catch (IOException | RuntimeException e) {
      fittings.close();
      throw e;
    }
  }

  private Inmate start(Cell cell, Fittings fittings) throws IOException {
    Limits limits = inForce(cell.limits());
    String mark = UUID.randomUUID().toString();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", cell.folder().toString());
    environment.put(ProcessTree.MARK, mark);

    Optional<PrivateUser> user = Optional.empty();
    if (level.hasPrivateUser()) {
      user = Optional.of(fittings.add(PrivateUser.take(level.hasNamespaces())));
      user.get().own(cell.folder());
      for (Path each : cell.readable()) {
        readable.open(each);
      }
    }
    Optional<Cgroup> cgroup = Optional.empty();
    if (level != Level.D) {
      cgroup = Cgroup.create(limits);
      cgroup.ifPresent(fittings::add);
    }

    List<String> command = new ArrayList<>();
    setsid.ifPresentOrElse(
        tool -> command.add(tool.toString()),
        // Ctrl-C is for the grader, which ends them; what they do until then is their own doing.
        () -> command.addAll(List.of("/bin/sh", "-c", DEAF, "sh")));
    if (level != Level.D) {
      String filter = level.hasNamespaces() ? SystemCallFilter.file().toString() : "";
      command.addAll(List.of("/bin/sh", "-c", SHELL, "sh", filter));
      cgroup.ifPresent(group -> command.addAll(group.entrances()));
      command.add("--");
    }
    if (level.hasUserNamespace()) {
      user.ifPresent(u -> command.addAll(u.command()));
      command.addAll(Bubblewrap.command(level, cell, environment));
    } else if (level.hasNamespaces()) {
      command.addAll(Bubblewrap.command(level, cell, environment));
      user.ifPresent(u -> command.addAll(u.command()));
    } else {
      user.ifPresent(u -> command.addAll(u.command()));
    }
    command.addAll(limits(limits));
    command.addAll(cell.command());

    ProcessBuilder builder = new ProcessBuilder(command).directory(cell.folder().toFile());
    builder.environment().clear();
    if (!level.hasNamespaces()) {
      // bwrap gives it to the command alone: its own process is inside as well, and is no child of
      // the submission's.
      builder.environment().putAll(environment);
    }
    Process process = builder.start();
    ProcessTree tree =
        ProcessTree.register(
            process, mark, level.hasNamespaces(), setsid.isPresent(), cgroup, fittings);
    if (cgroup.isEmpty()) {
      MemoryWatch.over(tree, limits.memoryMib());
    }
    return tree;
  }

  private List<String> limits(Limits limits) {
    List<String> command = new ArrayList<>();
    Tool.PRLIMIT.ifPresent(
        tool -> {
          command.add(tool.toString());
          // At D tasks would count all processes of the user who runs the grader.
          command.addAll(OwnLimits.HERE.arguments(limits, level != Level.D));
        });
    return command;
  }
}
