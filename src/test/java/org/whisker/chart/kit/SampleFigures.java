package org.whisker.chart.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.whisker.chart.kit.Framed.Outline;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.chart.kit.matrix.ConfusionPlot;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/** Made-up values that look like what the real analyses give. */
public final class SampleFigures {
  static final Canvas CANVAS = Canvas.square(128);

  private SampleFigures() {}

  static float[] signedMap(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] map = new float[CANVAS.pixels()];
    for (int i = 0; i < map.length; i++) {
      double centre = Math.min(1, CANVAS.borderDistance(i) / 40.0);
      double wave = Math.sin(CANVAS.x(i) / 7.0 + seed) * Math.cos(CANVAS.y(i) / 9.0);
      map[i] = (float) (0.3 * centre * wave + 0.05 * (random.nextDouble() - 0.5));
    }
    return map;
  }

  static float[] densityMap(long seed) {
    float[] map = new float[CANVAS.pixels()];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (2.5 * Math.exp(-CANVAS.borderDistance(i) / (10.0 + seed)) + 0.3);
    }
    return map;
  }

  static BlackPixels evolved(long seed, int count) {
    SplitMix64 random = new SplitMix64(seed);
    int[] pixels = new int[count];
    for (int i = 0; i < count; i++) {
      int along = random.nextInt(128);
      int deep = (int) (random.nextDouble() * random.nextDouble() * 40);
      pixels[i] =
          switch (random.nextInt(4)) {
            case 0 -> CANVAS.index(along, deep);
            case 1 -> CANVAS.index(along, 127 - deep);
            case 2 -> CANVAS.index(deep, along);
            default -> CANVAS.index(127 - deep, along);
          };
    }
    return BlackPixels.of(CANVAS, pixels);
  }

  static Line line(String name, int n, double level, double width) {
    double[] x = new double[n];
    double[] y = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i * 10;
      y[i] = level * (1 - Math.exp(-i / (n / 4.0)));
      low[i] = y[i] - width;
      high[i] = y[i] + width;
    }
    return new Line(name, x, y, new Band(low, high));
  }

  static Line profile(String name, double edge) {
    double[] x = new double[10];
    double[] y = new double[10];
    double[] low = new double[10];
    double[] high = new double[10];
    for (int i = 0; i < 10; i++) {
      x[i] = (i + 0.5) / 10;
      y[i] = edge * Math.exp(-4 * x[i]) + 0.4;
      low[i] = 0.8 * y[i];
      high[i] = 1.2 * y[i];
    }
    return new Line(name, x, y, new Band(low, high));
  }

  static Drawing strip() {
    return new StripPlot(
        "Edge index by padding",
        "edge index E (below 0.5: edge bias)",
        List.of(
            arm("zero (as trained)", 0.38, 1),
            arm("reflect", 0.47, 2),
            arm("replicate", 0.46, 3),
            arm("circular", 0.5, 4)),
        0.5,
        "no bias",
        "95 % interval");
  }

  static Arm arm(String name, double mean, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double[] runs = new double[10];
    double sum = 0;
    for (int i = 0; i < runs.length; i++) {
      runs[i] = mean + 0.12 * (random.nextDouble() - 0.5);
      sum += runs[i];
    }
    return new Arm(name, runs, sum / 10, sum / 10 - 0.022, sum / 10 + 0.024);
  }

  public static Drawing chart(String name) {
    return Objects.requireNonNull(charts().get(name), name);
  }

  static Map<String, Drawing> charts() {
    Map<String, Drawing> charts = new LinkedHashMap<>();
    charts.put(
        "lines",
        Charts.shares(
            "Best p(target) over the generations",
            "generation",
            "best p(target), mean of 5 runs",
            List.of(
                line("vgg16-mini", 40, 0.9, 0.06),
                line("inception-resnet-v2-mini", 40, 0.6, 0.1))));
    charts.put(
        "profile",
        Charts.profile(
            "Where evolved pixels sit",
            "edge rank u (0 border, 1 centre)",
            "density / uniform density",
            List.of(profile("vgg16-mini", 3), profile("inception-resnet-v2-mini", 2)),
            1,
            "uniform"));
    charts.put("strip", strip());
    charts.put(
        "training",
        Charts.training(
            "Training of vgg16-mini",
            "loss (nats)",
            List.of(falling("train", 0.15), falling("validation", 0.3)),
            List.of(line("train", 24, 0.95, 0), line("validation", 24, 0.9, 0))));
    double[] bins = {0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.96};
    double[] share = {0.02, 0.2, 0.26, 0.58, 0.66, 0.9, 0.99};
    charts.put(
        "calibration",
        Charts.calibration("Calibration", List.of(new Line("vgg16-mini", bins, share))));
    charts.put(
        "roc",
        Charts.roc(
            "ROC",
            List.of(
                new Line(
                    "vgg16-mini (area 0.96)",
                    new double[] {0, 0.02, 0.1, 0.3, 1},
                    new double[] {0, 0.6, 0.9, 0.98, 1}))));
    charts.put(
        "confusion",
        new ConfusionPlot(
            "Test split",
            List.of("cat", "not-cat"),
            List.of(List.of(271L, 29L), List.of(18L, 282L))));
    return charts;
  }

  private static Line falling(String name, double floor) {
    double[] x = new double[24];
    double[] y = new double[24];
    for (int i = 0; i < 24; i++) {
      x[i] = i + 1;
      y[i] = floor + 0.6 * Math.exp(-i / 6.0);
    }
    return new Line(name, x, y);
  }

  public static HeatmapRow maps() {
    float[] a = signedMap(1);
    float[] b = signedMap(2);
    for (int i = 0; i < 900; i++) {
      b[(20 + i / 30) * 128 + 20 + i % 30] = Float.NaN;
    }
    Scale scale = Scale.symmetricCovering("Δlogit against the target", a, b);
    return new HeatmapRow(
        List.of(
            HeatmapFigure.of("vgg16-mini", CANVAS, a, scale, ColorMap.LOGIT)
                .withOverlays(List.of(new Outline(evolved(3, 30)))),
            HeatmapFigure.of("inception-resnet-v2-mini", CANVAS, b, scale, ColorMap.LOGIT)));
  }

  public static HeatmapFigure density() {
    float[] map = densityMap(2);
    return HeatmapFigure.of(
        "Density of evolved pixels",
        CANVAS,
        map,
        new Scale(0, 3, "density / uniform density"),
        ColorMap.SEQUENTIAL);
  }

  public static List<PictureFigure> cats() {
    List<PictureFigure> cats = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BlackPixels pixels = evolved(i, 40 + 20 * i);
      cats.add(
          PictureFigure.ofPixels(
              pixels, "p(target) = 0.9" + i, pixels.count() + " black pixels, E = 0.2" + i));
    }
    return cats;
  }
}
