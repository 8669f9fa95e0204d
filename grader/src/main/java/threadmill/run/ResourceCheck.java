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

  private ResourceCheck() {}

  /** Tells a child JVM what it may use. */
  static String property(Limits limits) {
    return "-D" + PROPERTY + "=" + limits.tasks() + "," + limits.files() + "," + limits.diskMib();
  }

  /** Why a finding does not count, if there is a reason. */
  static Optional<String> excuse(Finding finding) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return Stream.of(Resource.values())
        .filter(resource -> resource.isBehind(finding) || resource.isScarce(folder))
        .filter(resource -> !usesHalf(resource, folder))
        .map(Resource::sentence)
        .findFirst();
  }

  private static boolean usesHalf(Resource resource, Path folder) {
    return switch (resource) {
      case DISK -> usesHalf(OwnUse.disk(folder), limit(2));
      case TASKS, MEMORY -> 2 * OwnUse.tasks() >= limit(0);
      case DESCRIPTORS -> 2 * Processes.openDescriptors() >= limit(1);
    };
  }

  /** Whether so much lies in a folder that it may have filled its file system by itself. */
  static boolean usesHalf(OwnUse.Disk disk, int limitMib) {
    return 2 * disk.bytes() >= (long) limitMib << 20 || disk.files() >= MANY_FILES;
  }

  private static int limit(int index) {
    return Integer.parseInt(System.getProperty(PROPERTY).split(",")[index]);
  }
}
