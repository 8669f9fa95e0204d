package threadmill.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of some findings: curves over a number, or bars over names. */
public final class Plot {
  /**
   * One line of a picture.
   *
   * @param fitted whether it is a law and not a measurement
   */
  public record Curve(String name, double[] x, double[] y, boolean fitted) {}

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  private final Chart<?, ?> chart;
  private final String svg;

  private Plot(Chart<?, ?> chart, String svg) {
    this.chart = chart;
    this.svg = svg;
  }

  /** Curves over numbers of threads, which double from one to the next. */
  public static Plot curves(String title, String y, List<Curve> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("threads")
            .yAxisTitle(y)
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
    chart.getStyler().setYAxisMin(0.0);
    for (Curve curve : curves) {
      var series = chart.addSeries(curve.name(), curve.x(), curve.y());
      if (curve.fitted()) {
        series.setMarker(SeriesMarkers.NONE);
      } else {
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      }
    }
    return new Plot(chart, Svg.curves(title, y, curves));
  }

  /** Bars of very different heights. */
  public static Plot bars(String title, String y, List<String> names, List<Double> values) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).yAxisTitle(y).build();
    chart.getStyler().setYAxisLogarithmic(true).setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(20);
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    // From one power of ten to another: left alone, the axis would begin at zero.
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
    chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most))));
    chart.addSeries(y, names, values);
    return new Plot(chart, Svg.bars(title, y, names, values));
  }

  /** Writes {@code name.svg} and {@code name.png} and answers where they are. */
  public List<Path> write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    Path base = folder.resolve(name);
    written.add(Files.writeString(folder.resolve(name + ".svg"), svg));
    BitmapEncoder.saveBitmap(chart, base.toString(), BitmapEncoder.BitmapFormat.PNG);
    written.add(folder.resolve(name + ".png"));
    return written;
  }
}
