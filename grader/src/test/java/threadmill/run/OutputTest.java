package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void sixty_four_kibibytes_are_kept_and_not_one_more() throws Exception {
    String most = "x".repeat(64 << 10);
    assertEquals(most, kept(most));
    assertEquals(most + "\n[cut after 64 KiB]", kept(most + "y"));
  }

  @Test
  void a_flood_is_told() throws Exception {
    CountDownLatch flood = new CountDownLatch(1);
    Output output = new Output(1);
    output.drain(new ByteArrayInputStream(new byte[(1 << 20) + 1]), flood::countDown);
    assertTrue(flood.await(60, TimeUnit.SECONDS));
    assertTrue(output.isFlood());
  }

  private static String kept(String printed) throws InterruptedException {
    Output output = new Output(1);
    CountDownLatch end = new CountDownLatch(1);
    byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
    output.drain(
        new ByteArrayInputStream(bytes) {
          @Override
          public void close() {
            end.countDown();
          }
        },
        () -> {});
    assertTrue(end.await(60, TimeUnit.SECONDS));
    return output.text();
  }
}
