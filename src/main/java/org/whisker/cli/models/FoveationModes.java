package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.chart.FoveationFiles;
import org.whisker.cli.shared.TextTable;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.network.Foveation;
import org.whisker.network.Network;
import org.whisker.network.Padding;

/** The foveation of one network under several paddings. */
final class FoveationModes {
  private static final List<String> HEADER =
      List.of(
          "PADDING",
          "BORDER",
          "OUTER 10 %",
          "INNER 10 %",
          "LEAST",
          "MOST",
          "WITHOUT A PATH",
          "MEAN PATHS A PIXEL");

  private final String name;
  private final Network network;
  private final int layer;
  private final Map<Padding, Foveation> modes = new EnumMap<>(Padding.class);

  FoveationModes(String name, Network network, int layer) {
    this.name = name;
    this.network = network;
    this.layer = layer;
  }

  /**
   * Counts the paths under this padding.
   *
   * @throws IllegalArgumentException when a map is too small to reflect
   */
  void add(Padding padding) {
    modes.put(padding, Foveation.of(network.withPadding(padding), layer));
  }

  Set<Padding> paddings() {
    return modes.isEmpty() ? EnumSet.noneOf(Padding.class) : EnumSet.copyOf(modes.keySet());
  }

  /** Edge against centre, a line a padding. */
  String text() {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    modes.forEach((padding, foveation) -> rows.add(row(padding, foveation)));
    return "Paths from a pixel to "
        + network.nodes().get(layer).name()
        + " ("
        + network.nodes().get(layer).shape()
        + "), over their mean; the border is the outermost ring of pixels:\n"
        + TextTable.of(rows);
  }

  private List<String> row(Padding padding, Foveation foveation) {
    double[] map = foveation.relative();
    double[] bins = EdgeBins.of(canvas()).means(i -> map[i]);
    DoubleSummaryStatistics all = Arrays.stream(map).summaryStatistics();
    long unread = Arrays.stream(map).filter(paths -> paths == 0).count();
    return List.of(
        padding.label() + (padding == network.padding() ? " (its own)" : ""),
        number(border(map)),
        number(bins[0]),
        number(bins[bins.length - 1]),
        number(all.getMin()),
        number(all.getMax()),
        unread + " px",
        power(foveation.log10MeanPaths()));
  }

  private double border(double[] map) {
    return IntStream.range(0, map.length)
        .filter(i -> canvas().borderDistance(i) == 0)
        .mapToDouble(i -> map[i])
        .average()
        .orElseThrow();
  }

  private static String number(double value) {
    boolean tiny = value > 0 && value < 0.001;
    return value == 0 ? "0" : String.format(Locale.ROOT, tiny ? "%.1e" : "%.3f", value);
  }

  /** A number of which only the logarithm may fit into a double. */
  private static String power(double log10) {
    double whole = Math.floor(log10);
    return String.format(Locale.ROOT, "%.2fe%.0f", Math.pow(10, log10 - whole), whole);
  }

  private Canvas canvas() {
    return new Canvas(network.input().width(), network.input().height());
  }

  void write(Path folder) throws IOException {
    Map<String, double[]> maps = new LinkedHashMap<>();
    modes.forEach((padding, foveation) -> maps.put(padding.label(), foveation.relative()));
    String subject = name + " to " + network.nodes().get(layer).name();
    new FoveationFiles(subject, canvas(), maps).write(folder);
  }
}
