package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBin;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.io.CsvWriter;
import org.whisker.io.Npy;

/**
 * How many paths reach each pixel, as files: one map a padding, all on one scale, and the profile
 * from the border inwards.
 */
public final class FoveationFiles {
  private static final String STEM = "foveation";

  private final String subject;
  private final Canvas canvas;
  private final Map<String, double[]> maps;

  /**
   * To be written by {@link #write}.
   *
   * @param subject the network and the layer, for titles
   * @param maps paths over their mean, row-major, by padding; in the order of the figure
   */
  public FoveationFiles(String subject, Canvas canvas, Map<String, double[]> maps) {
    this.subject = subject;
    this.canvas = canvas;
    this.maps = new LinkedHashMap<>(maps);
  }

  /**
   * Writes {@code foveation.png} and {@code .csv} (edge-rank bins), {@code foveation_rings.csv},
   * {@code foveation_map.csv} (pixels), and a map a padding as PNG and NPY.
   */
  public void write(Path folder) throws IOException {
    bins(folder.resolve(STEM + ".csv"));
    rings(folder.resolve(STEM + "_rings.csv"));
    pixels(folder.resolve(STEM + "_map.csv"));
    FoveationFigure figure = new FoveationFigure(subject, canvas, maps);
    for (Map.Entry<String, double[]> map : maps.entrySet()) {
      String stem = STEM + "_" + map.getKey();
      Npy.write(folder.resolve(stem + ".npy"), canvas.height(), canvas.width(), map.getValue());
      figure
          .map(subject + ", " + map.getKey() + " padding", map.getValue())
          .writePng(folder.resolve(stem + ".png"));
    }
    figure.all().writePng(folder.resolve(STEM + ".png"));
  }

  private void bins(Path file) throws IOException {
    EdgeBins edges = EdgeBins.of(canvas);
    List<double[]> means = maps.values().stream().map(m -> edges.means(i -> m[i])).toList();
    try (CsvWriter csv = csv(file, "u_from", "u_to", "px_nearest", "px_farthest", "pixels")) {
      for (int i = 0; i < edges.bins().size(); i++) {
        EdgeBin bin = edges.bins().get(i);
        row(csv, means, i, bin.from(), bin.to(), bin.nearest(), bin.farthest(), bin.pixels());
      }
      csv.finish();
    }
  }

  private void rings(Path file) throws IOException {
    EdgeRank rank = new EdgeRank(canvas);
    List<double[]> means = maps.values().stream().map(m -> ringMeans(rank, m)).toList();
    try (CsvWriter csv = csv(file, "px_from_border", "u", "pixels")) {
      for (int ring = 0; ring < rank.rings(); ring++) {
        row(csv, means, ring, ring, rank.ofRing(ring), rank.ringSize(ring));
      }
      csv.finish();
    }
  }

  private void pixels(Path file) throws IOException {
    try (CsvWriter csv = csv(file, "x", "y")) {
      for (int i = 0; i < canvas.pixels(); i++) {
        row(csv, maps.values(), i, canvas.x(i), canvas.y(i));
      }
      csv.finish();
    }
  }

  private CsvWriter csv(Path file, String... first) throws IOException {
    List<String> header = new ArrayList<>(List.of(first));
    header.addAll(maps.keySet());
    return CsvWriter.create(file, header);
  }

  /** The cells, then the value at {@code index} of every padding. */
  private static void row(
      CsvWriter csv, Collection<double[]> values, int index, @Nullable Object... cells)
      throws IOException {
    List<@Nullable Object> row = new ArrayList<>(Arrays.asList(cells));
    values.forEach(each -> row.add(each[index]));
    csv.row(row.toArray());
  }

  private static double[] ringMeans(EdgeRank rank, double[] map) {
    double[] means = new double[rank.rings()];
    for (int i = 0; i < map.length; i++) {
      means[rank.ring(i)] += map[i];
    }
    for (int ring = 0; ring < means.length; ring++) {
      means[ring] /= rank.ringSize(ring);
    }
    return means;
  }
}
