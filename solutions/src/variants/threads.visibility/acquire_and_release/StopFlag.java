package threads.visibility;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A flag that is written in release mode and read in acquire mode. */
public final class StopFlag {
  private static final VarHandle STOPPED;

  static {
    try {
      STOPPED = MethodHandles.lookup().findVarHandle(StopFlag.class, "stopped", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private boolean stopped;

  public void stop() {
    STOPPED.setRelease(this, true);
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!(boolean) STOPPED.getAcquire(this)) {
      work.doOnce();
      rounds++;
    }
    return rounds;
  }
}
