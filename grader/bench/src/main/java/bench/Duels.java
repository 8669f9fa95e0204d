package bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import threadmill.measure.Clock;
import threadmill.measure.Duel;
import threadmill.measure.Ruling;

/**
 * How often a ruling on times is wrong on a busy machine: duels with a gate of 5 between work whose
 * ratio is known, while twice as many threads as there are processors compute. What the machine
 * says of its own pressure is not asked, or most rulings would be {@code INCONCLUSIVE}.
 */
public final class Duels {
  private static final double[] RATIOS = {12, 2, 1};
  private static final int GATE = 5;
  private static final int UNITS = 3_000;
  private static final int ROUNDS = 127;
  private static volatile double sink;

  private Duels() {}

  /**
   * @param args how many duels for each ratio
   */
  public static void main(String[] args) {
    int duels = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int burners = 2 * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < burners; i++) {
      Thread burner = new Thread(Duels::burn, "burner");
      burner.setDaemon(true);
      burner.start();
    }
    for (int i = 0; i < 2_000; i++) {
      work(UNITS);
    }
    System.out.printf("Java %s, %d threads compute meanwhile%n%n", Runtime.version(), burners);
    System.out.println("| really | holds | fails | INCONCLUSIVE |");
    System.out.println("|---|---|---|---|");
    for (double ratio : RATIOS) {
      Map<Ruling, Integer> rulings = new EnumMap<>(Ruling.class);
      for (int i = 0; i < duels; i++) {
        Duel duel = new Duel(Clock.system(), Optional::empty, ROUNDS);
        Ruling ruling =
            duel.compare(
                    () -> work((int) (UNITS * ratio)), () -> work(UNITS), () -> work(UNITS), GATE)
                .ruling();
        rulings.merge(ruling, 1, Integer::sum);
      }
      System.out.printf(
          "| x%.0f | %d | %d | %d |%n",
          ratio,
          rulings.getOrDefault(Ruling.HOLDS, 0),
          rulings.getOrDefault(Ruling.FAILS, 0),
          rulings.getOrDefault(Ruling.INCONCLUSIVE, 0));
    }
  }

  private static void burn() {
    while (true) {
      work(UNITS);
    }
  }

  private static void work(int units) {
    double x = 1;
    for (int i = 0; i < units; i++) {
      x = x * 1.0000001 + 0.5;
    }
    sink = x;
  }
}
