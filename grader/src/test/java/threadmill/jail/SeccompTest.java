package threadmill.jail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter as the kernel would run it, in numbers of x86-64. */
class SeccompTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int X86_64 = 0xc000003e;

  @ParameterizedTest
  @CsvSource({
    "read, 0, 0, 7fff0000",
    "socket of AF_UNIX, 41, 1, 7fff0000",
    "socket of AF_INET6, 41, 10, 7fff0000",
    "socket of AF_NETLINK, 41, 16, 7fff0000",
    "socket of AF_VSOCK, 41, 40, 00050001",
    "socketpair of AF_ALG, 53, 38, 00050001",
    "clone of a thread, 56, 4001536, 7fff0000",
    "clone into a user namespace, 56, 268435473, 00050001",
    "clone3, 435, 0, 00050026",
    "ptrace, 101, 0, 00050001",
    "io_uring_setup, 425, 0, 00050001",
    "mount_setattr, 442, 0, 00050001",
    "read of the x32 ABI, 1073741824, 0, 00050001"
  })
  void each_call_meets_its_answer(String name, int number, int argument, String answer) {
    assertEquals(answer, String.format("%08x", run(X86_64, number, argument)), name);
  }

  @Test
  void another_architecture_ends_the_process() {
    assertEquals(0x80000000, run(0x40000003, 0, 0));
  }

  @Test
  void every_path_through_it_ends() {
    for (int number = 0; number < 600; number++) {
      int answer = run(X86_64, number, 1);
      assertTrue(answer == ALLOW || answer >>> 16 == 5, "call " + number);
    }
  }

  /** An interpreter of the five instructions that the filter is made of. */
  private static int run(int architecture, int number, int argument) {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "the numbers are of x86-64");
    ByteBuffer program =
        ByteBuffer.wrap(Seccomp.filter().orElseThrow()).order(ByteOrder.nativeOrder());
    int accumulator = 0;
    for (int at = 0; at < program.limit(); at += 8) {
      int value = program.getInt(at + 4);
      boolean jumps;
      switch (program.getShort(at)) {
        case 0x20 -> {
          accumulator = value == 0 ? number : value == 4 ? architecture : argument;
          continue;
        }
        case 0x15 -> jumps = accumulator == value;
        case 0x35 -> jumps = Integer.compareUnsigned(accumulator, value) >= 0;
        case 0x45 -> jumps = (accumulator & value) != 0;
        case 0x06 -> {
          return value;
        }
        default -> throw new AssertionError("an unknown instruction");
      }
      at += 8 * program.get(at + (jumps ? 2 : 3));
    }
    throw new AssertionError("it ran off its end");
  }
}
