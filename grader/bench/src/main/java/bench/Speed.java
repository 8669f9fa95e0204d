package bench;

import bench.speed.Cost;
import bench.speed.Engine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How fast the explorer is, and how that changes as programs grow. */
final class Speed {
  private static final Color[] COLORS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7)
  };

  /** A figure of JMH's. */
  record Rate(
      int version, String engine, int threads, double schedules, double steps, double switches) {}

  /** A point of the chart. */
  record Point(
      int version, int threads, int operations, double seconds, int schedules, boolean all) {}

  private final Path out;
  private final boolean quick;
  private final int budget;
  private final int repeat;
  private final List<Rate> rates = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();

  Speed(Path out, boolean quick, int budget, int repeat) {
    this.repeat = repeat;
    this.out = out;
    this.quick = quick;
    this.budget = budget;
  }

  void measure(Java java) throws IOException, InterruptedException {
    Path json = out.resolve("jmh-" + java.version() + ".json");
    Files.deleteIfExists(json);
    List<String> flags = new ArrayList<>(Java.access());
    flags.add("-Xmx512m");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Engine.class.getName(),
                "-f",
                "1",
                "-wi",
                "3",
                "-w",
                quick ? "200ms" : "1s",
                "-i",
                "5",
                "-r",
                quick ? "200ms" : "1s",
                "-rf",
                "json",
                "-rff",
                json.toString()));
    if (java.version() < 21) {
      arguments.addAll(List.of("-p", "engine=platform"));
    }
    java.run(Java.arguments(flags, "org.openjdk.jmh.Main", arguments), 600, line -> {});
    if (Files.exists(json)) {
      for (JsonNode each : new ObjectMapper().readTree(json.toFile())) {
        JsonNode more = each.get("secondaryMetrics");
        rates.add(
            new Rate(
                java.version(),
                each.get("params").get("engine").asText(),
                each.get("params").get("threads").asInt(),
                each.get("primaryMetric").get("score").asDouble(),
                more.get("steps").get("score").asDouble(),
                more.get("switches").get("score").asDouble()));
      }
    }
    List<String> cost =
        Java.arguments(
            Java.forExplorer(),
            Cost.class.getName(),
            List.of(Integer.toString(budget), Integer.toString(repeat)));
    java.run(cost, 600, line -> read(java, line));
  }

  private void read(Java java, String line) {
    String[] parts = line.split("\t");
    if (parts[0].equals("COST")) {
      points.add(
          new Point(
              java.version(),
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              Double.parseDouble(parts[3]),
              Integer.parseInt(parts[4]),
              Boolean.parseBoolean(parts[5])));
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| JDK | threads run on | threads | schedules/s | steps/s | switches/s |\n");
    text.append("|---|---|--:|--:|--:|--:|\n");
    for (Rate r : rates) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %s | %d | %,.0f | %,.0f | %,.0f |%n",
              r.version,
              r.engine,
              r.threads,
              r.schedules,
              r.steps,
              r.switches));
    }
    text.append(
        "\nSeconds to a verdict on a right program, and schedules (* every interleaving):\n\n");
    text.append("| JDK | threads | 1 operation each | 2 | 3 | 4 | 5 | 6 |\n");
    text.append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (int version : points.stream().mapToInt(Point::version).distinct().toArray()) {
      for (int threads = 2; threads <= 5; threads++) {
        text.append("| ").append(version).append(" | ").append(threads).append(" |");
        for (Point p : of(version, threads)) {
          text.append(
              String.format(
                  Locale.ROOT, " %.3f (%,d%s) |", p.seconds, p.schedules, p.all ? " \\*" : ""));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private List<Point> of(int version, int threads) {
    return points.stream().filter(p -> p.version == version && p.threads == threads).toList();
  }

  void csv(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader("jdk", "threads", "operations", "seconds", "schedules", "all")
            .setRecordSeparator('\n')
            .get();
    try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), format)) {
      for (Point p : points) {
        printer.printRecord(p.version, p.threads, p.operations, p.seconds, p.schedules, p.all);
      }
    }
  }

  /** Writes the chart as SVG; the ending is added. */
  void chart(Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(520)
            .title("Seconds to a verdict, at most " + budget + " schedules")
            .xAxisTitle("operations of each thread (a count in a monitor)")
            .yAxisTitle("seconds")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    for (int version : points.stream().mapToInt(Point::version).distinct().toArray()) {
      for (int threads = 2; threads <= 5; threads++) {
        List<Point> line = of(version, threads);
        if (line.isEmpty()) {
          continue;
        }
        XYSeries series =
            chart.addSeries(
                threads + " threads, JDK " + version,
                line.stream().mapToDouble(Point::operations).toArray(),
                line.stream().mapToDouble(Point::seconds).toArray());
        boolean solid = version >= 21;
        series.setLineColor(COLORS[threads - 2]);
        series.setMarkerColor(COLORS[threads - 2]);
        series.setMarker(solid ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
        series.setLineStyle(
            solid
                ? new BasicStroke(2)
                : new BasicStroke(
                    2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0));
      }
    }
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
