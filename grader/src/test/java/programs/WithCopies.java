package programs;

import org.objectweb.asm.ClassReader;
import threadmill.explore.SelfCheck;
import threadmill.explore.weave.Copies;

/** Says with what the explorer works in this JVM, and whether it does. */
public final class WithCopies {
  private WithCopies() {}

  public static void main(String[] args) {
    String complaint = SelfCheck.complaint().orElse("none");
    String asm = ClassReader.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    System.out.printf(
        "copies: %s, asm: %s, complaint: %s%n",
        Copies.areReady(), asm.substring(asm.lastIndexOf('/') + 1), complaint);
  }
}
