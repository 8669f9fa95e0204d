package threadmill.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import threadmill.harness.OwnUse;
import threadmill.harness.Processes;
import threadmill.model.Finding;
import threadmill.model.Limits;

/**
 * Whether a check failed for want of something that the machine had none of, asked inside the JVM
 * that it ran in: the program's own use counts, and what is its own world's alone. A program can
 * bring it about; it gains nothing, since such a check is not passed and a person looks at it.
 */
final class ResourceCheck {
  private static final String PROPERTY = "threadmill.limits";
  private static final int MANY_FILES = 10_000;

  private final Path folder;
  private final int tasks;
  private final int files;
  private final int diskMib;

  /** Remembers what this JVM was told, before a program can change what it was told. */
  ResourceCheck() {
    String[] limits = System.getProperty(PROPERTY).split(",");
    folder = Path.of(System.getProperty("java.io.tmpdir"));
    tasks = Integer.parseInt(limits[0]);
    files = Integer.parseInt(limits[1]);
    diskMib = Integer.parseInt(limits[2]);
  }

  /** Tells a child JVM what it may use. */
  static String property(Limits limits) {
    return "-D" + PROPERTY + "=" + limits.tasks() + "," + limits.files() + "," + limits.diskMib();
  }

  /** Why a finding does not count, if there is a reason; a program that spoils this has none. */
  Optional<String> excuse(Finding finding) {
    try {
      return Stream.of(Resource.values())
          .filter(resource -> resource.isBehind(finding) || resource.isScarce(folder))
          .filter(resource -> !usesHalf(resource))
          .map(Resource::sentence)
          .findFirst();
    } catch (RuntimeException | Error e) {
      return Optional.empty();
    }
  }

  private boolean usesHalf(Resource resource) {
    return switch (resource) {
      case DISK -> usesHalf(OwnUse.disk(folder), diskMib);
      case TASKS, MEMORY -> 2 * OwnUse.tasks() >= tasks;
      case DESCRIPTORS -> 2 * Processes.openDescriptors() >= files;
    };
  }

  /** Whether so much lies in a folder that it may have filled its file system by itself. */
  static boolean usesHalf(OwnUse.Disk disk, int limitMib) {
    return 2 * disk.bytes() >= (long) limitMib << 20 || disk.files() >= MANY_FILES;
  }
}
