package threadmill.explore.weave;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import threadmill.explore.sim.Names;
import threadmill.explore.sim.Refused;

/**
 * Loads a scenario and the program under test with every visible operation under control, and with
 * copies of the JDK's own concurrent classes and collections. Everything else comes from the
 * parent.
 */
public final class ExploringLoader extends ClassLoader {
  private final Predicate<String> woven;
  private final ClassFacts facts;
  private final Relocation relocation;
  private final List<Class<?>> resettable = new ArrayList<>();

  /**
   * @param parent where classes are read from, and where the rest is loaded
   * @param woven which classes, by name, are to be controlled
   */
  public ExploringLoader(ClassLoader parent, Predicate<String> woven) {
    super(parent);
    this.woven = woven;
    this.facts = new ClassFacts(parent);
    this.relocation = new Relocation(facts);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean copy = Names.isLibrary(name);
    if (!copy && !woven.test(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : weave(name, copy);
    }
  }

  private Class<?> weave(String name, boolean copy) throws ClassNotFoundException {
    String original = Names.plain(name).replace('.', '/');
    byte[] bytes = facts.bytes(original);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ClassWeaver weaver =
        new ClassWeaver(new ClassRemapper(writer, relocation), original, copy, facts, relocation);
    new ClassReader(bytes).accept(weaver, ClassReader.EXPAND_FRAMES);
    byte[] result = writer.toByteArray();
    Class<?> defined = defineClass(name, result, 0, result.length);
    if (weaver.isResettable()) {
      resettable.add(defined);
    }
    return defined;
  }

  /** Gives static variables their first values again, so that every schedule begins alike. */
  public void reset() {
    for (Class<?> type : List.copyOf(resettable)) {
      try {
        Method reset = type.getDeclaredMethod(ClassWeaver.RESET);
        reset.setAccessible(true);
        reset.invoke(null);
      } catch (InvocationTargetException e) {
        throw new Refused("the static variables of " + type.getName() + ": " + e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
