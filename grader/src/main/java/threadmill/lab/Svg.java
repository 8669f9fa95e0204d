package threadmill.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import threadmill.lab.Plot.Curve;

/**
 * A picture as SVG, a few kilobytes of it, in which letters stay letters: a chart library draws
 * each of them as an outline, which takes a hundred times as much.
 */
final class Svg {
  private static final int WIDTH = 720;
  private static final int BAR = 36;
  private static final int LEFT = 180;
  private static final int RIGHT = 640;
  private static final int TOP = 44;
  private static final List<String> COLOURS = List.of("#1f77b4", "#d95f02", "#2ca02c", "#7b3294");

  private final StringBuilder text = new StringBuilder();

  private Svg(int height, String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH, height, WIDTH);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
    words(WIDTH / 2.0, 24, "middle", title, "font-weight=\"bold\" font-size=\"15\"");
  }

  /** Bars that lie, so that their names can be read, over powers of ten. */
  static String bars(String title, String axis, List<String> names, List<Double> values) {
    int bottom = TOP + BAR * names.size();
    Svg svg = new Svg(bottom + 50, title);
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    int from = (int) Math.floor(Math.log10(least));
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(most)));
    double decade = (RIGHT - LEFT) / (double) (to - from);
    for (int power = from; power <= to; power++) {
      double x = LEFT + decade * (power - from);
      svg.line(x, TOP, x, bottom, "stroke=\"#ccc\"");
      svg.words(x, bottom + 18, "middle", number(Math.pow(10, power)), "");
    }
    for (int i = 0; i < names.size(); i++) {
      double y = TOP + BAR * i;
      double end = LEFT + decade * (Math.log10(values.get(i)) - from);
      svg.add(
          "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
          LEFT, y + 6, Math.max(1, end - LEFT), BAR - 12, COLOURS.get(0));
      svg.words(LEFT - 8, y + BAR / 2.0 + 4, "end", names.get(i), "");
      svg.words(end + 6, y + BAR / 2.0 + 4, "start", number(values.get(i)), "");
    }
    svg.words((LEFT + RIGHT) / 2.0, bottom + 40, "middle", axis, "");
    return svg.end();
  }

  /** Curves over numbers of threads, each twice the one before; laws are lines, the rest points. */
  static String curves(String title, String axis, List<Curve> curves) {
    int left = 64;
    int right = 480;
    int bottom = 340;
    Svg svg = new Svg(bottom + 50, title);
    double most = curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).max().orElse(1);
    double step = step(most / 5);
    double top = step * Math.ceil(most / step);
    for (int i = 0; i * step <= top + step / 2; i++) {
      double y = bottom - (bottom - TOP) * i * step / top;
      svg.line(left, y, right, y, "stroke=\"#ccc\"");
      svg.words(left - 8, y + 4, "end", number(i * step), "");
    }
    double[] n = curves.get(0).x();
    double width = (right - left) / Math.max(1, log2(n[n.length - 1] / n[0]));
    for (double each : n) {
      double x = left + width * log2(each / n[0]);
      svg.line(x, TOP, x, bottom, "stroke=\"#eee\"");
      svg.words(x, bottom + 18, "middle", number(each), "");
    }
    svg.words((left + right) / 2.0, bottom + 40, "middle", "threads", "");
    svg.words(
        0, 0, "middle", axis, "transform=\"translate(18 " + (TOP + bottom) / 2 + ") rotate(-90)\"");
    boolean fits = curves.stream().anyMatch(Curve::fitted);
    int colour = -1;
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      colour += curve.fitted() ? 0 : 1;
      String ink = COLOURS.get(Math.max(0, colour) % COLOURS.size());
      StringBuilder points = new StringBuilder();
      for (int k = 0; k < curve.x().length; k++) {
        double x = left + width * log2(curve.x()[k] / n[0]);
        double y = bottom - (bottom - TOP) * curve.y()[k] / top;
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        if (!curve.fitted()) {
          svg.add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x, y, ink);
        }
      }
      if (curve.fitted() || !fits) {
        svg.add(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>",
            points.toString().strip(), ink);
      }
      double y = TOP + 20.0 * i + 8;
      if (curve.fitted()) {
        svg.line(right + 14, y, right + 30, y, "stroke=\"" + ink + "\"");
      } else {
        svg.add("<circle cx=\"%d\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", right + 22, y, ink);
      }
      svg.words(right + 38, y + 4, "start", curve.name(), "");
    }
    return svg.end();
  }

  /** The next of 1, 2, 5, 10, 20 … */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    double times = atLeast / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Three digits that count. */
  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    String all = String.format(Locale.ROOT, "%,." + digits + "f", value);
    return digits == 0 ? all : all.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private void line(double x1, double y1, double x2, double y2, String more) {
    add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, more);
  }

  private void words(double x, double y, String anchor, String words, String more) {
    String safe = words.replace("&", "&amp;").replace("<", "&lt;");
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>",
        x, y, anchor, more.isEmpty() ? "" : " " + more, safe);
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private String end() {
    return text.append("</svg>\n").toString();
  }
}
