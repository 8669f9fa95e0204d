package threadmill.explore.sim;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import threadmill.evidence.OwnStack;
import threadmill.model.Where;

/** What happened in a traced run, line by line. */
public final class Story {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /**
   * One operation.
   *
   * @param thread its number
   * @param text what it did; empty if there is nothing to say
   */
  public record Line(int thread, Optional<Where> where, String call, boolean theirs, String text) {}

  private final ClassLoader woven;
  private final Predicate<String> theirs;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param woven whose classes are watched
   * @param theirs which of them are the program under test, by name
   */
  public Story(ClassLoader woven, Predicate<String> theirs) {
    this.woven = woven;
    this.theirs = theirs;
  }

  public List<Line> lines() {
    return lines;
  }

  void begin(Event event, Seen seen) {
    lines.add(new Line(event.thread, seen.where(), seen.call(), seen.theirs(), ""));
  }

  /** Says of the last operation what it did. */
  void tell(String what) {
    if (lines.isEmpty()) {
      return;
    }
    Line last = lines.remove(lines.size() - 1);
    String text = last.text().isEmpty() ? what : last.text() + "; " + what;
    lines.add(new Line(last.thread(), last.where(), last.call(), last.theirs(), text));
  }

  static String change(String name, Object old, Object value) {
    if (old == null && value == null) {
      return "writes " + name;
    }
    return name + ": " + Names.value(old) + " → " + Names.value(value);
  }

  /** Where the running thread is. */
  Seen look(World world) {
    return WALKER.walk(frames -> find(frames.filter(f -> isWoven(f)).map(Frame::of)));
  }

  private boolean isWoven(StackFrame frame) {
    return frame.getDeclaringClass().getClassLoader() == woven
        || Names.isOfJdk(frame.getClassName());
  }

  private Seen find(Stream<Frame> frames) {
    Frame called = null;
    Seen fallback = Seen.NOTHING;
    for (Frame frame : (Iterable<Frame>) frames::iterator) {
      if (Names.isOfJdk(frame.className())) {
        called = frame;
      } else if (theirs.test(frame.className())) {
        return frame.seen(called, true);
      } else {
        fallback = fallback == Seen.NOTHING ? frame.seen(called, false) : fallback;
        // A given class that calls the library is what the student calls.
        called = called == null || frame.isLambda() ? null : frame;
      }
    }
    return fallback == Seen.NOTHING && called != null ? called.inside() : fallback;
  }

  /** Where an exception was thrown. */
  static Seen seenOf(Throwable thrown, World world) {
    if (world.story == null) {
      return Seen.NOTHING;
    }
    return world.story.find(
        Stream.of(OwnStack.of(thrown))
            .filter(
                e ->
                    !e.getClassName().startsWith("java.")
                        && !e.getClassName().startsWith("threadmill."))
            .map(
                e ->
                    new Frame(
                        e.getClassName(), e.getMethodName(), e.getFileName(), e.getLineNumber())));
  }

  private record Frame(String className, String method, String file, int line) {
    static Frame of(StackFrame f) {
      return new Frame(f.getClassName(), f.getMethodName(), f.getFileName(), f.getLineNumber());
    }

    boolean isLambda() {
      return method.startsWith("lambda$");
    }

    /** A thread that runs nothing but the library's code. */
    Seen inside() {
      return new Seen(Optional.empty(), Names.simple(className) + "." + method, false);
    }

    Seen seen(Frame called, boolean theirs) {
      int dot = className.lastIndexOf('.');
      String folder = dot < 0 ? "" : className.substring(0, dot + 1).replace('.', '/');
      String call = called == null ? "" : Names.simple(called.className) + "." + called.method();
      return new Seen(Optional.of(new Where(folder + file, line)), call, theirs);
    }
  }
}
