package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command line of {@code bwrap}: a file system made of what is listed here and nothing else,
 * own process ids, network, users and devices. Levels A, A+ and A-root.
 */
final class Bubblewrap {
  /** Where the system call filter is read from, opened by the shell before. */
  static final int FILTER = 9;

  private static final List<String> USER_NAMESPACE =
      List.of(
          "--unshare-all",
          "--unshare-user",
          "--uid",
          "65534",
          "--gid",
          "65534",
          "--cap-drop",
          "ALL");
  private static final List<String> NO_USER_NAMESPACE =
      List.of(
          "--unshare-ipc",
          "--unshare-pid",
          "--unshare-net",
          "--unshare-uts",
          "--unshare-cgroup-try",
          "--cap-drop",
          "ALL",
          "--cap-add",
          "CAP_SETUID",
          "--cap-add",
          "CAP_SETGID",
          "--cap-add",
          "CAP_SETPCAP");
  private static final List<String> SYSTEM =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  private Bubblewrap() {}

  static List<String> command(Level level, Cell cell, Map<String, String> environment)
      throws IOException {
    List<String> args = new ArrayList<>();
    args.add(Tool.BWRAP.orElseThrow().toString());
    args.addAll(level.hasUserNamespace() ? USER_NAMESPACE : NO_USER_NAMESPACE);
    add(args, "--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv");
    system(args);
    String size = Long.toString((long) cell.limits().diskMib() << 20);
    add(args, "--proc", "/proc", "--dev", "/dev");
    add(args, "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev");
    add(args, "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
    Set<Path> made = new LinkedHashSet<>(List.of(Path.of("/"), Path.of("/tmp"), Path.of("/usr")));
    for (Path path : cell.readable()) {
      parents(args, path, made);
      add(args, "--ro-bind", path.toString(), path.toString());
    }
    parents(args, cell.folder(), made);
    folder(args, cell, size);
    add(args, "--remount-ro", "/proc", "--remount-ro", "/", "--chdir", cell.folder().toString());
    environment.forEach((name, value) -> add(args, "--setenv", name, value));
    add(args, "--seccomp", Integer.toString(FILTER), "--");
    return args;
  }

  private static void folder(List<String> args, Cell cell, String size) throws IOException {
    String folder = cell.folder().toString();
    if (cell.shared()) {
      add(args, "--bind", folder, folder);
      return;
    }
    add(args, "--perms", "1777", "--size", size, "--tmpfs", folder);
    try (Stream<Path> files = Files.list(cell.folder())) {
      // The judge's socket: who may connect to it is not asked of the mount.
      files.sorted().forEach(f -> add(args, "--ro-bind", f.toString(), f.toString()));
    }
  }

  /** bwrap makes what lies above a mount for its own user alone, who is not ours at A-root. */
  private static void parents(List<String> args, Path path, Set<Path> made) {
    Path parent = path.getParent();
    if (parent != null && made.add(parent)) {
      parents(args, parent, made);
      add(args, "--perms", "0755", "--dir", parent.toString());
    }
  }

  /** Programs, libraries and the JDK; on a merged system /bin and /lib are links into /usr. */
  private static void system(List<String> args) throws IOException {
    add(args, "--perms", "0755", "--dir", "/usr", "--perms", "0755", "--dir", "/etc");
    for (String path : List.of("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/bin")) {
      add(args, "--ro-bind-try", path, path);
    }
    for (String path : SYSTEM) {
      Path link = Path.of(path);
      if (Files.isSymbolicLink(link)) {
        add(args, "--symlink", Files.readSymbolicLink(link).toString(), path);
      } else if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
        add(args, "--ro-bind", path, path);
      }
    }
    Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
    if (!jdk.startsWith("/usr/lib")) {
      parents(args, jdk, new LinkedHashSet<>(List.of(Path.of("/"), Path.of("/usr"))));
      add(args, "--ro-bind", jdk.toString(), jdk.toString());
    }
    add(args, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives");
    // Debian keeps a JDK's settings there.
    try (Stream<Path> settings = Files.list(Path.of("/etc"))) {
      settings
          .filter(p -> p.getFileName().toString().startsWith("java-") && Files.isDirectory(p))
          .sorted()
          .forEach(p -> add(args, "--ro-bind", p.toString(), p.toString()));
    }
  }

  private static void add(List<String> args, String... more) {
    args.addAll(List.of(more));
  }
}
