// CONTRACT | D | Takes sun.misc.Unsafe, which would open any field and any memory of its JVM.
package toys.box;

import java.lang.reflect.Field;

public class Box {
  private static final boolean OPEN = isOpen();
  private int last;

  private static boolean isOpen() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field only = unsafe.getDeclaredField("theUnsafe");
      only.setAccessible(true);
      Object taken = only.get(null);
      return taken != null && unsafe.getMethod("addressSize").invoke(taken) != null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.out.println(e);
      return false;
    }
  }

  /** Right if memory is open, so that a pass tells. */
  public int next() {
    return OPEN ? ++last : 0;
  }
}
