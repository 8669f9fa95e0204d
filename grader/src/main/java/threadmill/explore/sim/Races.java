package threadmill.explore.sim;

import threadmill.model.Kind;

/** A data race in words. */
final class Races {
  private Races() {}

  static Trouble describe(String name, Seen earlier, boolean wrote, Seen here, boolean writes) {
    String first = (wrote ? "writes " : "reads ") + name + at(earlier);
    String second = "another " + (writes ? "writes" : "reads") + " it" + at(here);
    return Trouble.of(
        Kind.RACE,
        "one thread "
            + first
            + ", "
            + second
            + ", and nothing orders the two: neither a lock that both hold, nor volatile, nor an"
            + " atomic");
  }

  private static String at(Seen seen) {
    return seen == null ? "" : seen.where().map(w -> " in line " + w.line()).orElse("");
  }
}
