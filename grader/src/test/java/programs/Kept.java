package programs;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.Formatter;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.Properties;
import java.util.Random;
import java.util.Scanner;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import threadmill.explore.Body;
import threadmill.explore.Scenario;

/** Programs that keep their state in objects of the JDK's own; the name ends with what is found. */
public class Kept {
  static void two(Scenario s, Body b) {
    for (String n : new String[] {"A", "B"}) s.thread(n, b);
  }

  static void each(Scenario s, Body a, Body b) {
    s.thread("A", a);
    s.thread("B", b);
  }

  void int_buffer_RACE(Scenario s) {
    IntBuffer b = IntBuffer.allocate(4);
    two(s, () -> b.put(0, b.get(0) + 1));
  }

  void byte_buffer_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16);
    two(s, () -> b.putInt(0, b.getInt(0) + 1));
  }

  void direct_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocateDirect(16);
    two(s, () -> b.putLong(0, b.getLong(0) + 1));
  }

  void direct_view_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocateDirect(16);
    IntBuffer i = b.asIntBuffer();
    each(s, () -> b.put(5, (byte) 1), () -> i.get(1));
  }

  void heap_view_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16);
    IntBuffer i = b.slice().asIntBuffer();
    each(s, () -> b.put(5, (byte) 1), () -> i.get(1));
  }

  void heap_view_nothing(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16);
    IntBuffer i = b.asIntBuffer();
    each(s, () -> b.put(3, (byte) 1), () -> i.get(1));
  }

  void wrapped_RACE(Scenario s) {
    int[] a = new int[2];
    IntBuffer i = IntBuffer.wrap(a, 1, 1).slice();
    each(s, () -> a[1] = 4, () -> i.get(0));
  }

  void wrapped_nothing(Scenario s) {
    int[] a = new int[2];
    IntBuffer i = IntBuffer.wrap(a, 1, 1).slice();
    each(s, () -> a[0] = 4, () -> i.get(0));
  }

  void disjoint_nothing(Scenario s) {
    LongBuffer b = LongBuffer.allocate(4);
    each(s, () -> b.put(0, b.get(0) + 1), () -> b.put(1, b.get(1) + 1));
  }

  void relative_RACE(Scenario s) {
    CharBuffer b = CharBuffer.allocate(4);
    two(s, () -> b.put('x'));
  }

  void bulk_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16);
    each(s, () -> b.duplicate().put(new byte[8]), () -> b.get(7));
  }

  void bulk_nothing(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16);
    each(s, () -> b.duplicate().put(new byte[8]), () -> b.get(8));
  }

  void from_RACE(Scenario s) {
    ByteBuffer b = ByteBuffer.allocate(16), c = ByteBuffer.allocate(4);
    each(s, () -> b.duplicate().put(c.duplicate()), () -> c.put(3, (byte) 1));
  }

  void builder_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    two(s, () -> b.append('x'));
  }

  void builder_ref_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    Function<String, Object> f = b::append;
    two(s, () -> f.apply("x"));
  }

  void builder_concat_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    String[] t = {""};
    each(s, () -> b.append('x'), () -> t[0] = "y" + b);
  }

  void builder_text_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    CharSequence c = b;
    each(s, () -> b.append('x'), () -> "y".contains(c));
  }

  void builder_value_of_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    each(s, () -> b.append('x'), () -> String.valueOf(b));
  }

  void builder_nothing(Scenario s) {
    two(
        s,
        () -> {
          StringBuilder b = new StringBuilder();
          for (int i = 0; i < 20; i++) b.append(i).append('x');
          s.require(b.length() > 0, "x");
        });
  }

  void buffer_nothing(Scenario s) {
    StringBuffer b = new StringBuffer();
    two(s, () -> b.append('x'));
    s.atEnd("two", () -> b.length() == 2);
  }

  void buffer_SAFETY(Scenario s) {
    StringBuffer b = new StringBuffer();
    two(
        s,
        () -> {
          if (b.length() == 0) b.append('x');
        });
    s.atEnd("one", () -> b.length() == 1);
  }

  void buffer_locked_nothing(Scenario s) {
    StringBuffer b = new StringBuffer();
    two(
        s,
        () -> {
          synchronized (b) {
            if (b.length() == 0) b.append('x');
          }
        });
    s.atEnd("one", () -> b.length() == 1);
  }

  void sort_RACE(Scenario s) {
    int[] a = {3, 2, 1};
    two(s, () -> Arrays.sort(a));
  }

  void sort_local_nothing(Scenario s) {
    two(
        s,
        () -> {
          int[] a = new int[50];
          for (int i = 0; i < 50; i++) a[i] = i * 37 % 50;
          Arrays.sort(a);
          s.require(a[3] == 3, "sorted");
        });
  }

  void fill_RACE(Scenario s) {
    long[] a = {3, 2, 1};
    each(
        s,
        () -> Arrays.fill(a, 1),
        () -> {
          long x = a[2];
        });
  }

  void as_list_RACE(Scenario s) {
    Integer[] a = {3, 2, 1};
    List<Integer> l = Arrays.asList(a);
    each(
        s,
        () -> l.set(1, 1),
        () -> {
          Integer x = a[1];
        });
  }

  void equals_RACE(Scenario s) {
    int[] a = {3, 2, 1}, b = {3, 2, 1};
    each(s, () -> Arrays.equals(a, b), () -> a[1] = 2);
  }

  void hash_RACE(Scenario s) {
    int[] a = {3, 2, 1};
    each(s, () -> Arrays.hashCode(a), () -> a[1] = 2);
  }

  void stream_RACE(Scenario s) {
    int[] a = {3, 2, 1};
    each(s, () -> Arrays.stream(a).sum(), () -> a[1] = 2);
  }

  void set_all_RACE(Scenario s) {
    int[] a = {3, 2, 1};
    each(s, () -> Arrays.setAll(a, i -> i), () -> a[1] = 2);
  }

  void list_sort_RACE(Scenario s) {
    List<Integer> l = new ArrayList<>(List.of(3, 2, 1));
    each(s, () -> Collections.sort(l), () -> l.get(0));
  }

  void collected_RACE(Scenario s) {
    List<Integer> l = Stream.of(3, 2, 1).collect(Collectors.toList());
    each(s, () -> l.set(0, 1), () -> l.get(0));
  }

  void list_shuffle_RACE(Scenario s) {
    List<Integer> l = new ArrayList<>(List.of(3, 2, 1));
    each(s, () -> Collections.shuffle(l), () -> l.get(1));
  }

  void bit_set_RACE(Scenario s) {
    BitSet b = new BitSet();
    each(s, () -> b.set(1), () -> b.get(2));
  }

  void date_RACE(Scenario s) {
    Date d = new Date(0);
    each(s, () -> d.setTime(1), d::getTime);
  }

  void format_RACE(Scenario s) {
    SimpleDateFormat f = new SimpleDateFormat("yyyy");
    two(s, () -> f.format(new Date(0)));
  }

  void joiner_RACE(Scenario s) {
    StringJoiner j = new StringJoiner(",");
    two(s, () -> j.add("x"));
  }

  void random_nothing(Scenario s) {
    Random r = new Random(5);
    two(s, r::nextInt);
  }

  void splittable_RACE(Scenario s) {
    SplittableRandom r = new SplittableRandom(5);
    two(s, r::nextInt);
  }

  void bytes_nothing(Scenario s) {
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    two(s, () -> o.write(1));
    s.atEnd("two", () -> o.size() == 2);
  }

  void data_RACE(Scenario s) {
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    DataOutputStream d = new DataOutputStream(o);
    two(s, () -> d.writeInt(1));
  }

  void print_nothing(Scenario s) {
    StringWriter o = new StringWriter();
    two(s, () -> new PrintWriter(o).print("x"));
    s.atEnd("two", () -> o.toString().length() == 2);
  }

  void println_nothing(Scenario s) {
    two(s, () -> System.out.println("x"));
  }

  void formatter_RACE(Scenario s) {
    StringBuilder b = new StringBuilder();
    two(s, () -> new Formatter(b).format("%d", 1));
  }

  void iterator_RACE(Scenario s) {
    PrimitiveIterator.OfInt i = IntStream.range(0, 9).iterator();
    two(s, i::nextInt);
  }

  void list_iterator_nothing(Scenario s) {
    List<Integer> l = List.of(1, 2);
    two(
        s,
        () -> {
          int n = 0;
          for (int i : l) n += i;
        });
  }

  void matcher_RACE(Scenario s) {
    var m = Pattern.compile("x").matcher("xx");
    two(s, m::find);
  }

  void chars_RACE(Scenario s) {
    char[] c = {'a', 'b'};
    each(s, () -> new String(c), () -> c[0] = 'c');
  }

  void get_chars_RACE(Scenario s) {
    char[] c = {'a', 'b'};
    each(
        s,
        () -> "xy".getChars(0, 2, c, 0),
        () -> {
          char x = c[0];
        });
  }

  void properties_nothing(Scenario s) {
    Properties p = new Properties();
    two(s, () -> p.setProperty("a", "b"));
  }

  void statistics_RACE(Scenario s) {
    IntSummaryStatistics i = new IntSummaryStatistics();
    two(s, () -> i.accept(3));
  }

  static class Own extends Date {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized long getTime() {
      return 3;
    }

    @Override
    public synchronized void setTime(long x) {}
  }

  void own_nothing(Scenario s) {
    Date d = new Own();
    each(s, () -> d.setTime(1), d::getTime);
  }

  void timer_nothing(Scenario s) {
    CountDownLatch l = new CountDownLatch(1);
    s.thread(
        "A",
        () -> {
          Timer t = new Timer();
          t.schedule(
              new TimerTask() {
                public void run() {
                  l.countDown();
                }
              },
              100);
          l.await();
          t.cancel();
        });
  }

  void queue_of_builders_nothing(Scenario s) {
    var q = new LinkedBlockingQueue<StringBuilder>();
    each(
        s,
        () -> {
          StringBuilder b = new StringBuilder("x");
          q.add(b);
        },
        () -> q.take().append("y"));
  }

  void encoder_nothing(Scenario s) {
    two(
        s,
        () -> {
          ByteBuffer b = StandardCharsets.UTF_8.encode("xyz");
          s.require(b.remaining() == 3, "3");
          String t = new String(new byte[] {65}, 0, 1, StandardCharsets.US_ASCII);
        });
  }

  void scanner_INCONCLUSIVE(Scenario s) {
    two(s, () -> new Scanner("x").next());
  }

  void streams_nothing(Scenario s) {
    two(
        s,
        () -> {
          var x = Stream.of("a", "b").map(String::toUpperCase).collect(Collectors.joining(","));
          s.require(x.equals("A,B"), "x");
          var y = List.of(3, 1, 2).stream().sorted().toList();
          s.require(String.format(Locale.ROOT, "%s", y).equals("[1, 2, 3]"), "y");
        });
  }
}
