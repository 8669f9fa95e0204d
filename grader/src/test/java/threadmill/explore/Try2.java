package threadmill.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import programs.Machine;

final class Try2 {
  public static void main(String[] a) {
    Random r = new Random(Long.parseLong(a[0]));
    int threads = Integer.parseInt(a[1]);
    int ops = Integer.parseInt(a[2]);
    int n = Integer.parseInt(a[3]);
    long t = System.nanoTime();
    for (int i = 0; i < n; i++) {
      Machine.Op[][] themes = {
        {
          Machine.Op.WRITE_0,
          Machine.Op.READ_0,
          Machine.Op.CAS_0,
          Machine.Op.ADD_0,
          Machine.Op.READ_1,
          Machine.Op.WRITE_1
        },
        {
          Machine.Op.WAIT_0,
          Machine.Op.NOTIFY_0,
          Machine.Op.PLAIN_0,
          Machine.Op.NOTIFY_ALL_0,
          Machine.Op.READ_0,
          Machine.Op.EXIT_0,
          Machine.Op.ENTER_0
        },
        {Machine.Op.PARK, Machine.Op.UNPARK, Machine.Op.READ_0, Machine.Op.WRITE_0},
        {
          Machine.Op.ENTER_0,
          Machine.Op.ENTER_1,
          Machine.Op.EXIT_0,
          Machine.Op.EXIT_1,
          Machine.Op.PLAIN_0
        },
        Machine.Op.values()
      };
      Machine.Op[] theme = themes[r.nextInt(themes.length)];
      List<List<Machine.Op>> p = new ArrayList<>();
      for (int k = 0; k < threads; k++) {
        List<Machine.Op> l = new ArrayList<>();
        if (theme == themes[1]) {
          l.add(Machine.Op.ENTER_0);
        }
        int len = 1 + r.nextInt(ops);
        for (int j = 0; j < len; j++) {
          l.add(theme[r.nextInt(theme.length)]);
        }
        p.add(l);
      }
      try {
        ReductionTest.compare(p);
      } catch (Throwable e) {
        System.out.println(i + " " + p + "\n   " + e);
        if (Boolean.getBoolean("stop")) {
          e.printStackTrace();
          return;
        }
      }
    }
    System.out.printf(
        "%d programs, %d skipped, %d brute runs, %d reduced, %d ms%n",
        ReductionTest.programs,
        ReductionTest.skipped,
        ReductionTest.bruteRuns,
        ReductionTest.reducedRuns,
        (System.nanoTime() - t) / 1000000);
  }
}
