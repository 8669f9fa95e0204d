package labs.switchcost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that answers each byte with a byte, and notes in the end how many there were. */
final class Echo {
  private Echo() {}

  public static void main(String[] note) throws IOException {
    int count = 0;
    for (int b = System.in.read(); b >= 0; b = System.in.read()) {
      count++;
      System.out.write(b);
      System.out.flush();
    }
    Files.writeString(Path.of(note[0]), Integer.toString(count));
  }
}
