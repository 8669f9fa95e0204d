// CONTRACT | D | Replaces System.out, the locale, the time zone and the uncaught handler, and
// occupies the common pool.
package toys.box;

public class Box {
  public int next() throws Exception {
    System.setOut(
        new java.io.PrintStream(java.io.OutputStream.nullOutputStream()) {
          @Override
          public void println(String s) {
            throw new Error();
          }
        });
    System.setErr(null);
    java.util.Locale.setDefault(new java.util.Locale("tr"));
    java.util.TimeZone.setDefault(null);
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(0));
    Thread.currentThread().setContextClassLoader(null);
    for (int i = 0; i < 100; i++) {
      java.util.concurrent.ForkJoinPool.commonPool()
          .execute(() -> java.util.concurrent.locks.LockSupport.park());
    }
    java.security.Security.getProviders();
    java.util.stream.Stream.of(java.security.Security.getProviders())
        .forEach(p -> java.security.Security.removeProvider(p.getName()));
    return 0;
  }
}
