// CONTRACT | A-root | Writes into folders that everybody may write to.
package toys.box;

public class Box {
  private int n;

  public int next() throws Exception {
    for (java.io.File file : new java.io.File("/tmp").listFiles()) {
      if (file.getName().startsWith("threadmill-canary")) {
        java.nio.file.Files.writeString(file.toPath().resolve("written"), "by a submission");
        return ++n;
      }
    }
    return 0;
  }
}
