package threadmill.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import threadmill.gate.ClassLimits;
import threadmill.intake.Unreadable;

/**
 * Where the compiler writes class files: counts them and stops it as soon as a limit is exceeded or
 * a file cannot be written, which the compiler would take for an error in the sources.
 */
final class ClassFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  /**
   * Why it was stopped.
   *
   * @param ours whether the machine is at fault
   */
  record Stop(boolean ours, String sentence) {}

  /** Ends the compiler; what it makes of it does not matter. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(String sentence) {
      super(sentence);
    }
  }

  private int count;
  private long all;
  private Stop stop;

  ClassFiles(StandardJavaFileManager files) {
    super(files);
  }

  Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String name, JavaFileObject.Kind kind, FileObject sibling)
      throws IOException {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    if (++count > ClassLimits.CLASSES) {
      throw tooMuch(ClassLimits.tooMany());
    }
    ClassLimits.misnamed(simple).ifPresent(this::refuse);
    try {
      return new Counted(super.getJavaFileForOutput(location, name, kind, sibling), simple);
    } catch (IOException | RuntimeException e) {
      throw unwritten(simple, e);
    }
  }

  private void refuse(String sentence) {
    throw tooMuch(sentence);
  }

  private Stopped tooMuch(String sentence) {
    return stopped(new Stop(false, sentence));
  }

  private Stopped unwritten(String name, Exception reason) {
    String why = Unreadable.reason(reason);
    return stopped(
        new Stop(true, "the class file of " + name + " cannot be written (" + why + ")"));
  }

  /** The first reason is the one that counts: the compiler tidies up behind it. */
  private Stopped stopped(Stop now) {
    stop = stop == null ? now : stop;
    return new Stopped(stop.sentence());
  }

  private final class Counted extends ForwardingJavaFileObject<JavaFileObject> {
    private final String name;

    Counted(JavaFileObject file, String name) {
      super(file);
      this.name = name;
    }

    @Override
    public OutputStream openOutputStream() throws IOException {
      try {
        return new CountedStream(super.openOutputStream(), name);
      } catch (IOException | RuntimeException e) {
        throw unwritten(name, e);
      }
    }
  }

  private final class CountedStream extends FilterOutputStream {
    private final String name;
    private long size;

    CountedStream(OutputStream out, String name) {
      super(out);
      this.name = name;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      size += length;
      all += length;
      if (size > ClassLimits.CLASS_BYTES) {
        throw tooMuch(ClassLimits.tooLarge(name));
      }
      if (all > ClassLimits.ALL_BYTES) {
        throw tooMuch(ClassLimits.tooLarge());
      }
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw unwritten(name, e);
      }
    }

    @Override
    public void close() {
      try {
        super.close();
      } catch (IOException e) {
        throw unwritten(name, e);
      }
    }
  }
}
