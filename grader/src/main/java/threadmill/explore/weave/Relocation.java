package threadmill.explore.weave;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.Remapper;
import threadmill.explore.sim.JdkCountDownLatch;
import threadmill.explore.sim.JdkReentrantLock;
import threadmill.explore.sim.JdkSemaphore;
import threadmill.explore.sim.Names;
import threadmill.explore.sim.SimInheritedLocal;
import threadmill.explore.sim.SimLocal;
import threadmill.explore.sim.SimPark;
import threadmill.explore.sim.SimRandom;
import threadmill.explore.sim.SimSecure;

/**
 * Which classes of the JDK woven code uses as copies of its own. The copies are made from the
 * running JDK's bytecode and woven like everything else. Interfaces, exceptions and TimeUnit stay
 * where they are, so that values can be passed to code that is not woven; the exceptions are
 * interfaces whose methods name a class that moves.
 */
final class Relocation extends Remapper {
  private static final String CONCURRENT = "java/util/concurrent/";

  /** Asked whether a property chooses the merge sort of JDK 6; none does. */
  static final String OLD_SORT = "java/util/Arrays$LegacyMergeSort";

  private static final Set<String> MOVED_INTERFACES =
      Set.of(
          "java/util/concurrent/RejectedExecutionHandler", "java/util/concurrent/CompletionStage");

  private static final Set<String> COLLECTIONS =
      Set.of(
          "AbstractCollection",
          "AbstractList",
          "AbstractMap",
          "AbstractQueue",
          "AbstractSequentialList",
          "AbstractSet",
          "ArrayDeque",
          "ArrayList",
          "ArrayPrefixHelpers",
          "Arrays",
          "ArraysParallelSortHelpers",
          "BitSet",
          "CollSer",
          "Collections",
          "ComparableTimSort",
          "Comparators",
          "DualPivotQuicksort",
          "EnumMap",
          "EnumSet",
          "HashMap",
          "HashSet",
          "Hashtable",
          "IdentityHashMap",
          "ImmutableCollections",
          "JumboEnumSet",
          "KeyValueHolder",
          "LinkedHashMap",
          "LinkedHashSet",
          "LinkedList",
          "Objects",
          "PriorityQueue",
          "Properties",
          "RegularEnumSet",
          "ReverseOrderDequeView",
          "ReverseOrderListView",
          "ReverseOrderSortedMapView",
          "ReverseOrderSortedSetView",
          "Spliterators",
          "Stack",
          "TaskQueue",
          "TimSort",
          "Timer",
          "TimerTask",
          "TimerThread",
          "TreeMap",
          "TreeSet",
          "Vector",
          "WeakHashMap",
          "stream/Collectors");

  private static final Map<String, String> STAND_INS =
      Map.of(
          "java/security/SecureRandom", Type.getInternalName(SimSecure.class),
          "java/lang/ThreadLocal", Type.getInternalName(SimLocal.class),
          "java/lang/InheritableThreadLocal", Type.getInternalName(SimInheritedLocal.class),
          "java/util/concurrent/ThreadLocalRandom", Type.getInternalName(SimRandom.class),
          "java/util/concurrent/locks/LockSupport", Type.getInternalName(SimPark.class));

  /** Locks whose operations are one step each; a test steps through the JDK's own code instead. */
  private static final Map<String, String> MODELS =
      Map.of(
          "java/util/concurrent/CountDownLatch", Type.getInternalName(JdkCountDownLatch.class),
          "java/util/concurrent/Semaphore", Type.getInternalName(JdkSemaphore.class),
          "java/util/concurrent/locks/ReentrantLock", Type.getInternalName(JdkReentrantLock.class));

  private static final Set<String> VIEWS =
      Set.of("entrySet", "keySet", "values", "navigableKeySet", "descendingMap");

  private final ClassFacts facts;
  private final Map<String, String> models;
  private final Map<String, Boolean> moved = new java.util.HashMap<>();

  /**
   * @param models whether locks are stood in for by models
   */
  Relocation(ClassFacts facts, boolean models) {
    super(Opcodes.ASM9);
    this.facts = facts;
    this.models = models ? MODELS : Map.of();
  }

  @Override
  public String map(String name) {
    String standIn = STAND_INS.getOrDefault(name, models.get(name));
    if (standIn != null) {
      return standIn;
    }
    return isMoved(name) ? Names.PREFIX + name : name;
  }

  /** Whether plain accesses in it are checked for races: what is not made for threads to share. */
  static boolean isCollection(String name) {
    return name.startsWith("java/util/") && !name.startsWith(CONCURRENT);
  }

  /**
   * Whether a collection keeps one of its views there, made when first asked for. It does not
   * matter which of two threads makes it: to read a map is no change of it.
   */
  static boolean isView(String field) {
    return VIEWS.contains(field);
  }

  boolean isMoved(String name) {
    if (!name.startsWith("java/util/")) {
      return false;
    }
    return moved.computeIfAbsent(name, this::moves);
  }

  private boolean moves(String name) {
    int dollar = name.indexOf('$');
    String outer = dollar < 0 ? name : name.substring(0, dollar);
    if (!outer.startsWith(CONCURRENT)) {
      return COLLECTIONS.contains(outer.substring("java/util/".length())) && !name.equals(OLD_SORT);
    }
    // Structured concurrency is a preview: its implementation cannot leave its sealed interfaces.
    if (outer.equals(CONCURRENT + "TimeUnit")
        || outer.startsWith(CONCURRENT + "Flow")
        || outer.startsWith(CONCURRENT + "Structured")) {
      return false;
    }
    if (MOVED_INTERFACES.contains(outer)) {
      return true;
    }
    if (models.containsKey(outer)) {
      return false;
    }
    ClassFacts.Facts known = facts.of(outer);
    if (known == null || (known.access() & Opcodes.ACC_INTERFACE) != 0) {
      return false;
    }
    return !outer.endsWith("Exception") && !outer.endsWith("Error");
  }
}
