package threadmill.explore.weave;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import threadmill.explore.sim.Hooks;
import threadmill.explore.sim.Initialized;
import threadmill.explore.sim.Names;
import threadmill.explore.sim.Refused;

/**
 * Loads a scenario and the program under test with every visible operation under control, and with
 * copies of the JDK's own concurrent classes and collections. Everything else comes from the
 * parent.
 */
public final class ExploringLoader extends ClassLoader implements Initialized.Owner {
  private final Loom loom;
  private final Predicate<String> woven;
  private final List<Class<?>> initialized = new ArrayList<>();

  /**
   * @param parent where what is not woven is loaded
   * @param woven which classes, by name, are to be controlled
   */
  public ExploringLoader(Loom loom, ClassLoader parent, Predicate<String> woven) {
    super(parent);
    this.loom = loom;
    this.woven = woven;
    openTo(getUnnamedModule());
  }

  /** Where we are a named module, woven code gets what it calls, and nobody else. */
  private void openTo(Module defined) {
    Module ours = ExploringLoader.class.getModule();
    if (ours.isNamed()) {
      ours.addExports(Hooks.class.getPackageName(), defined);
      if (!loom.isCopied()) {
        JdkInternals.exportTo(defined);
      }
    }
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
    byte[] woven = loom.woven(name);
    return defineClass(name, woven, 0, woven.length);
  }

  @Override
  public void initialized(Class<?> type) {
    initialized.add(type);
  }

  /** Gives static variables their first values again, so that every schedule begins alike. */
  public void reset() {
    Initialized.shared().forEach(ExploringLoader::reset);
    Initialized.areReset();
    List.copyOf(initialized).forEach(ExploringLoader::reset);
  }

  private static void reset(Class<?> type) {
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
