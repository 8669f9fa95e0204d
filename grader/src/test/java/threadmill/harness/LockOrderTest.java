package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockOrderTest {
  private final LockOrder order = new LockOrder();
  private final WatchedLock a = new WatchedLock("a", order);
  private final WatchedLock b = new WatchedLock("b", order);
  private final WatchedLock c = new WatchedLock("c", order);

  @Test
  void one_order_is_no_cycle() {
    take(a, b);
    take(b, c);
    take(a, c);
    assertTrue(order.cycle().isEmpty());
  }

  @Test
  void two_opposite_orders_are_a_cycle_even_in_one_thread() {
    take(a, b);
    take(b, a);
    List<LockOrder.Edge> cycle = order.cycle().orElseThrow();
    assertEquals(2, cycle.size());
    assertTrue(cycle.get(0).toString().endsWith("holds a and takes b"));
  }

  @Test
  void a_cycle_of_three_is_found() {
    take(a, b);
    take(b, c);
    take(c, a);
    assertEquals(3, order.cycle().orElseThrow().size());
  }

  @Test
  void who_only_tries_the_second_lock_makes_no_cycle() {
    take(a, b);
    b.lock();
    assertTrue(a.tryLock());
    a.unlock();
    b.unlock();
    assertTrue(order.cycle().isEmpty());
  }

  @Test
  void a_lock_given_back_is_no_longer_held() {
    a.lock();
    a.unlock();
    take(b, c);
    c.lock();
    c.unlock();
    take(a, b);
    assertTrue(order.cycle().isEmpty());
  }

  @Test
  void taking_the_same_lock_again_is_no_cycle() {
    take(a, a);
    assertTrue(order.cycle().isEmpty());
  }

  private static void take(WatchedLock first, WatchedLock second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }
}
