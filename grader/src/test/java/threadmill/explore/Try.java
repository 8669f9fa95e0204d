package threadmill.explore;

import java.util.List;

final class Try {
  public static void main(String[] a) {
    Explorer e =
        new Explorer(
            Try.class.getClassLoader(),
            n -> n.startsWith("programs."),
            n -> n.startsWith("programs."));
    if (Boolean.getBoolean("carriers")) {
      e = e.onPlatformThreads();
    }
    for (int i = 1; i < a.length; i++) {
      long t = System.nanoTime();
      Explorer.Result r =
          e.explore("programs." + a[0], a[i], List.of(), Integer.getInteger("budget", 5000), 1);
      System.out.printf(
          "%n== %s: %s, %d ms%n", a[i], r.coverage(), (System.nanoTime() - t) / 1000000);
      r.finding()
          .ifPresent(
              f -> {
                System.out.println(
                    f.where().map(w -> w + " ").orElse("") + f.kind() + " " + f.sentence());
                f.evidence().forEach(l -> System.out.println("  | " + l));
              });
      r.thrown().ifPresent(Throwable::printStackTrace);
    }
  }
}
