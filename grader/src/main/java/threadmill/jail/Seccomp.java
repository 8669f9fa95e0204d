package threadmill.jail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system call filter: a program of classic BPF (Linux, Documentation/userspace-api/
 * seccomp_filter.rst) that refuses what a submission has no use for and an attacker has: other
 * processes' memory, keys, namespaces, mounts, kernel modules, and sockets outside the network
 * namespace.
 */
final class Seccomp {
  private static final int LOAD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private static final int ALLOW = 0x7fff0000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int NOT_PERMITTED = 0x00050000 | 1;
  private static final int NO_SUCH_CALL = 0x00050000 | 38;

  /** CLONE_NEWTIME is a signal number to clone and can only be asked of unshare and clone3. */
  private static final int NEW_NAMESPACES = 0x7e020000;

  /** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK; AF_VSOCK would reach out of the network namespace. */
  private static final int[] FAMILIES = {1, 2, 10, 16};

  /**
   * Numbers of system calls of one architecture.
   *
   * @param audit AUDIT_ARCH, as the kernel names the architecture
   * @param foreign calls from this number on are of another ABI, or 0
   * @param refused ptrace, keyctl, add_key, request_key, io_uring_*, bpf, perf_event_open, mount,
   *     umount2, pivot_root, the new mount API, unshare, setns, userfaultfd, kexec_*, *_module,
   *     process_vm_*, personality, name_to_handle_at, open_by_handle_at, quotactl, swapon, swapoff,
   *     reboot, acct, syslog, kcmp
   */
  private record Calls(
      int audit, int foreign, int socket, int socketpair, int fork, int clone3, int[] refused) {}

  private static final Calls X86_64 =
      new Calls(
          0xc000003e,
          0x40000000,
          41,
          53,
          56,
          435,
          new int[] {
            101, 103, 135, 155, 163, 165, 166, 167, 168, 169, 175, 176, 179, 246, 248, 249, 250,
            272, 298, 303, 304, 308, 310, 311, 312, 313, 320, 321, 323, 425, 426, 427, 428, 429,
            430, 431, 432, 433, 442
          });
  private static final Calls AARCH64 =
      new Calls(
          0xc00000b7,
          0,
          198,
          199,
          220,
          435,
          new int[] {
            39, 40, 41, 60, 89, 92, 97, 104, 105, 106, 116, 117, 142, 217, 218, 219, 224, 225, 241,
            264, 265, 268, 270, 271, 272, 273, 280, 282, 294, 425, 426, 427, 428, 429, 430, 431,
            432, 433, 442
          });

  private record Instruction(int code, int yes, int no, int value) {}

  private Seccomp() {}

  /** The filter for the machine that this runs on, or nothing if its numbers are not known. */
  static Optional<byte[]> filter() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> Optional.of(filter(X86_64));
      case "aarch64" -> Optional.of(filter(AARCH64));
      default -> Optional.empty();
    };
  }

  private static byte[] filter(Calls calls) {
    List<Instruction> program = new ArrayList<>();
    program.add(new Instruction(LOAD, 0, 0, ARCHITECTURE));
    program.add(new Instruction(JUMP_EQUAL, 1, 0, calls.audit()));
    program.add(new Instruction(RETURN, 0, 0, KILL_PROCESS));
    program.add(new Instruction(LOAD, 0, 0, NUMBER));
    if (calls.foreign() != 0) {
      program.add(new Instruction(JUMP_AT_LEAST, 0, 1, calls.foreign()));
      program.add(new Instruction(RETURN, 0, 0, NOT_PERMITTED));
    }
    for (int number : calls.refused()) {
      program.add(new Instruction(JUMP_EQUAL, 0, 1, number));
      program.add(new Instruction(RETURN, 0, 0, NOT_PERMITTED));
    }
    // Its flags lie in memory, where a filter cannot look; the C library then takes clone.
    program.add(new Instruction(JUMP_EQUAL, 0, 1, calls.clone3()));
    program.add(new Instruction(RETURN, 0, 0, NO_SUCH_CALL));
    program.add(new Instruction(JUMP_EQUAL, 0, 4, calls.fork()));
    program.add(new Instruction(LOAD, 0, 0, FIRST_ARGUMENT));
    program.add(new Instruction(JUMP_ANY_BIT, 0, 1, NEW_NAMESPACES));
    program.add(new Instruction(RETURN, 0, 0, NOT_PERMITTED));
    program.add(new Instruction(RETURN, 0, 0, ALLOW));
    program.add(new Instruction(JUMP_EQUAL, 2, 0, calls.socket()));
    program.add(new Instruction(JUMP_EQUAL, 1, 0, calls.socketpair()));
    program.add(new Instruction(RETURN, 0, 0, ALLOW));
    program.add(new Instruction(LOAD, 0, 0, FIRST_ARGUMENT));
    for (int family : FAMILIES) {
      program.add(new Instruction(JUMP_EQUAL, 0, 1, family));
      program.add(new Instruction(RETURN, 0, 0, ALLOW));
    }
    program.add(new Instruction(RETURN, 0, 0, NOT_PERMITTED));
    return bytes(program);
  }

  /** As {@code struct sock_filter}: two bytes of code, two jumps, four bytes of value. */
  private static byte[] bytes(List<Instruction> program) {
    ByteBuffer buffer = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.nativeOrder());
    for (Instruction instruction : program) {
      buffer.putShort((short) instruction.code());
      buffer.put((byte) instruction.yes()).put((byte) instruction.no());
      buffer.putInt(instruction.value());
    }
    return buffer.array();
  }
}
