package labs.switchcost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that answers each byte with a byte, and notes in the end how many there were; it may
 * complain of each in more words than a pipe holds.
 */
final class Echo {
  private Echo() {}

  public static void main(String[] args) throws IOException {
    String complaint = args.length > 1 ? "complains of all it gets. ".repeat(8_000) : "";
    int count = 0;
    for (int b = System.in.read(); b >= 0; b = System.in.read()) {
      count++;
      System.err.print(complaint);
      System.out.write(b);
      System.out.flush();
    }
    Files.writeString(Path.of(args[0]), Integer.toString(count));
  }
}
