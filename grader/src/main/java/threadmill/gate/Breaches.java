package threadmill.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/** What a submission refers to and may not: of very many, the worst are kept and all counted. */
final class Breaches {
  private static final int MOST = 20;

  private record Breach(Kind kind, Where where, String text, int number) {
    boolean says(Breach other) {
      return kind == other.kind && where.equals(other.where) && text.equals(other.text);
    }
  }

  private final TreeSet<Breach> worst =
      new TreeSet<>(
          Comparator.comparing((Breach b) -> b.kind() != Kind.TAMPER)
              .thenComparing(b -> b.where().line() == 0)
              .thenComparing(b -> b.where().file())
              .thenComparing(b -> b.where().line())
              .thenComparing(Breach::number));
  private int all;

  void add(Kind kind, Where where, String text) {
    Breach breach = new Breach(kind, where, text, all);
    if (worst.stream().noneMatch(breach::says)) {
      all++;
      worst.add(breach);
      if (worst.size() > MOST) {
        worst.pollLast();
      }
    }
  }

  Optional<Finding> finding() {
    if (worst.isEmpty()) {
      return Optional.empty();
    }
    Breach first = worst.first();
    List<String> evidence = new ArrayList<>();
    if (all > 1) {
      worst.forEach(b -> evidence.add(b.where() + " " + b.text()));
    }
    if (all > worst.size()) {
      evidence.add("… and " + (all - worst.size()) + " more");
    }
    String subject = first.where().file().replaceAll(".*/|\\.java", "");
    String sentence = (subject + " " + first.text()).strip();
    return Optional.of(new Finding(first.kind(), sentence, Optional.of(first.where()), evidence));
  }
}
