package threadmill.explore.weave;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.commons.ClassRemapper;
import threadmill.explore.sim.Names;
import threadmill.explore.sim.Refused;

/**
 * Weaves each class once, however many loaders define it: every scenario is loaded anew, and the
 * copies of the JDK's classes are the same for all. Thread-safe.
 */
public final class Loom {
  private static final Map<String, byte[]> COPIES = new ConcurrentHashMap<>();

  private final Map<String, byte[]> copies;
  private final Map<String, byte[]> others = new HashMap<>();
  private final boolean copied;
  private final ClassFacts facts;
  private final Relocation relocation;

  /**
   * @param source where class files are read from
   */
  public Loom(ClassLoader source) {
    this(source, true);
  }

  /**
   * @param models whether the JDK's locks are stood in for by models
   */
  public Loom(ClassLoader source, boolean models) {
    // Before any field has a number.
    boolean ready = Copies.areReady();
    copied = ready && models;
    copies = models ? COPIES : new HashMap<>();
    this.facts = new ClassFacts(source);
    this.relocation = new Relocation(facts, models);
  }

  /** Whether the copies of the JDK's classes are those woven in advance. */
  boolean isCopied() {
    return copied;
  }

  /** The woven class file. */
  synchronized byte[] woven(String name) throws ClassNotFoundException {
    Map<String, byte[]> known = Names.isLibrary(name) ? copies : others;
    byte[] woven = known.get(name);
    if (woven == null) {
      woven = weave(name);
      known.put(name, woven);
    }
    return woven;
  }

  private byte[] weave(String name) throws ClassNotFoundException {
    String original = Names.plain(name).replace('.', '/');
    byte[] bytes = facts.bytes(original);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ClassRemapper remapper = new ClassRemapper(writer, relocation);
    ClassWeaver weaver =
        new ClassWeaver(remapper, original, Names.isLibrary(name), facts, relocation);
    new ClassReader(bytes).accept(weaver, ClassReader.EXPAND_FRAMES);
    try {
      return writer.toByteArray();
    } catch (ClassTooLargeException | MethodTooLargeException e) {
      throw new Refused("the class " + name + ", which is too large: " + e.getMessage());
    }
  }
}
