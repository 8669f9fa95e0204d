package threadmill.explore.weave;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import threadmill.explore.sim.Initialized;
import threadmill.explore.sim.Names;
import threadmill.explore.sim.Refused;

/**
 * Loads a scenario and the program under test with every visible operation under control, and with
 * copies of the JDK's own concurrent classes and collections. Everything else comes from the
 * parent.
 */
public final class ExploringLoader extends ClassLoader {
  private final Loom loom;
  private final Predicate<String> woven;
  private final List<Class<?>> resettable = new ArrayList<>();

  /**
   * @param parent where what is not woven is loaded
   * @param woven which classes, by name, are to be controlled
   */
  public ExploringLoader(Loom loom, ClassLoader parent, Predicate<String> woven) {
    super(parent);
    this.loom = loom;
    this.woven = woven;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!Names.isLibrary(name) && !woven.test(name)) {
      return super.loadClass(name, resolve);
    }
    if (Names.isLibrary(name) && loom.isCopied()) {
      return Copies.of(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    Loom.Woven ready = loom.woven(name);
    Class<?> defined = defineClass(name, ready.bytes(), 0, ready.bytes().length);
    if (ready.resettable()) {
      resettable.add(defined);
    }
    return defined;
  }

  /** Gives static variables their first values again, so that every schedule begins alike. */
  public void reset() {
    List<Class<?>> all = new ArrayList<>(resettable);
    all.addAll(Initialized.toReset());
    for (Class<?> type : all) {
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
    Initialized.areReset();
  }
}
