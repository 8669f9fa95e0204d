package deadlock.philosophers;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes any number of forks, the one with the greatest id first. */
public final class OrderedTable implements Table {
  public OrderedTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    List<Fork> ordered =
        Stream.of(left, right).sorted(Comparator.comparingInt(Fork::id).reversed()).toList();
    int taken = 0;
    try {
      for (Fork fork : ordered) {
        fork.take();
        taken++;
      }
      eat.run();
    } finally {
      ordered.subList(0, taken).forEach(Fork::putDown);
    }
  }
}
