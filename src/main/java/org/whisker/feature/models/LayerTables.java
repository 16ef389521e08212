package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.EdgeRank;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The tables of layers and of receptive fields that {@code network} writes. */
public final class LayerTables {
  private LayerTables() {}

  /**
   * A row of {@code layers.csv} of a network: a layer, its output and the receptive field of its
   * units. Fields are in pixels of the image; coordinate 0 is the centre of its first pixel.
   */
  public record LayerRow(
      String layer,
      @Column(meaning = "such as conv or batch norm") String kind,
      @Column(meaning = "names of its input layers, separated by spaces") String inputs,
      @Column(
              meaning =
                  "height of the kernel; this, width, stride, dilation and paddings are null"
                      + " for a layer without a kernel")
          @Nullable Integer kernelHeight,
      @Nullable Integer kernelWidth,
      @Column(meaning = "distance between outputs of adjacent rows; strideX for columns")
          @Nullable Integer stride,
      @Column(meaning = "rows added above; pad_bottom below") @Nullable Integer padRows,
      @Column(meaning = "columns added on the left; pad_right on the right")
          @Nullable Integer padColumns,
      @Column(
              meaning =
                  "number of channels of its output; height and width are also those of "
                      + "the output")
          int channels,
      int height,
      int width,
      @Column(meaning = "number of trained parameters") long parameters,
      @Column(meaning = "number of multiply-adds per image") long multiplyAdds,
      @Column(
              unit = "px",
              meaning =
                  "number of rows that a unit depends on; the fields, jumps and centres are null"
                      + " behind attention and behind what reorders places, where no window is"
                      + " left")
          @Nullable Integer fieldHeight,
      @Column(unit = "px", meaning = "number of columns that a unit depends on")
          @Nullable Integer fieldWidth,
      @Column(
              unit = "px",
              meaning =
                  "distance between the field centres of vertically adjacent units; "
                      + "null for one row")
          @Nullable Double jumpY,
      @Column(
              unit = "px",
              meaning =
                  "distance between the field centres of horizontally adjacent units; "
                      + "null for one column")
          @Nullable Double jumpX,
      @Column(unit = "px", meaning = "row of the field centre of the first unit")
          @Nullable Double firstCentreY,
      @Column(unit = "px", meaning = "column of the field centre of the first unit")
          @Nullable Double firstCentreX,
      @Nullable Integer strideX,
      @Column(meaning = "distance between values that the kernel reads; 1 if adjacent")
          @Nullable Integer dilationY,
      @Nullable Integer dilationX,
      @Nullable Integer padBottom,
      @Nullable Integer padRight,
      @Column(
              meaning =
                  "groups of channels that are convolved apart; null for all but convolutions")
          @Nullable Integer groups) {
    public static final String FILE = "layers.csv";
    public static final Table<LayerRow> TABLE = Table.of(LayerRow.class, FILE);
  }

  /**
   * A row of {@code receptive_field.csv}: the pixels at one distance from the centre of a unit's
   * theoretical receptive field.
   */
  public record FieldRingRow(
      @Column(meaning = "weights of the network: trained or untrained") String weights,
      EffectiveReceptiveField.Ring ring) {
    public static final String FILE = "receptive_field.csv";
    public static final Table<FieldRingRow> TABLE = Table.of(FieldRingRow.class, FILE);

    /**
     * Path, without extension, of the map of the network with these weights, see {@code MapFiles}.
     */
    static String mapStem(String weights) {
      return "receptive_field_" + weights;
    }

    /** One row per distance, from the centre outwards. */
    static List<FieldRingRow> of(String weights, EffectiveReceptiveField field) {
      return field.profile().stream().map(ring -> new FieldRingRow(weights, ring)).toList();
    }
  }

  /**
   * Path counts of a network (see {@code network.PathCounts}) under several paddings, relative to
   * the mean over the image: {@code foveation.csv} by edge rank, {@code foveation_rings.csv} by
   * distance from the border, and {@code foveation_map.csv} by pixel. Columns for the position are
   * followed by one column per padding. There is also a matrix {@code foveation_PADDING.npy} for
   * each padding.
   */
  static final class FoveationTables {
    /** The prefix of the names of all its files. */
    public static final String STEM = "foveation";

    private static final List<String> BINS =
        List.of("u_from", "u_to", "px_nearest", "px_farthest", "pixels");
    private static final List<String> RINGS = List.of("px_from_border", "u", "pixels");
    private static final List<String> PIXELS = List.of("x", "y");

    private final Canvas canvas;
    private final Map<String, double[]> maps;
    private final double[] edgeRank;
    private final Map<String, double[]> profiles;

    private FoveationTables(
        Canvas canvas,
        Map<String, double[]> maps,
        double[] edgeRank,
        Map<String, double[]> profiles) {
      this.canvas = canvas;
      this.maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
      this.edgeRank = edgeRank;
      this.profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /**
     * Computes the profiles of maps.
     *
     * @param maps row-major, by padding; in the order of the columns
     */
    static FoveationTables of(Canvas canvas, Map<String, double[]> maps) {
      EdgeBins edges = EdgeBins.of(canvas);
      Map<String, double[]> profiles = new LinkedHashMap<>();
      maps.forEach((padding, map) -> profiles.put(padding, edges.means(i -> map[i])));
      double[] edgeRank = edges.bins().stream().mapToDouble(EdgeBin::middle).toArray();
      return new FoveationTables(canvas, maps, edgeRank, profiles);
    }

    /** Whether a folder contains these tables. */
    static boolean in(Path folder) {
      return Files.exists(bins(folder));
    }

    private static Path bins(Path folder) {
      return folder.resolve(STEM + ".csv");
    }

    /**
     * Reads {@code foveation.csv} and the matrices of its paddings.
     *
     * @throws IOException naming the file that is missing or can't be read
     */
    static FoveationTables read(Path folder) throws IOException {
      List<CsvRow> rows = Csv.rows(bins(folder));
      if (rows.isEmpty()) {
        throw new IOException(bins(folder) + " has no bin");
      }
      double[] edgeRank = new double[rows.size()];
      for (int i = 0; i < edgeRank.length; i++) {
        edgeRank[i] = (rows.get(i).number("u_from") + rows.get(i).number("u_to")) / 2;
      }
      List<String> header = rows.get(0).header();
      Map<String, double[]> maps = new LinkedHashMap<>();
      Map<String, double[]> profiles = new LinkedHashMap<>();
      Canvas canvas = new Canvas(1, 1);
      for (String padding : header.subList(Math.min(BINS.size(), header.size()), header.size())) {
        double[] means = new double[edgeRank.length];
        for (int i = 0; i < means.length; i++) {
          means[i] = rows.get(i).number(padding);
        }
        NpyArray map = Npy.read(folder.resolve(STEM + "_" + padding + ".npy"));
        canvas = new Canvas(map.columns(), map.rows());
        maps.put(padding, map.values());
        profiles.put(padding, means);
      }
      return new FoveationTables(canvas, maps, edgeRank, profiles);
    }

    /** The canvas of the maps. */
    Canvas canvas() {
      return canvas;
    }

    /** Path counts relative to their mean, row-major, by padding; in the order of the columns. */
    Map<String, double[]> maps() {
      return maps;
    }

    /** The middle of each bin of the edge rank u, from the border inwards. */
    double[] edgeRank() {
      return edgeRank.clone();
    }

    /** The mean of each bin, by padding. */
    Map<String, double[]> profiles() {
      return profiles;
    }

    void write(Path folder) throws IOException {
      writeBins(bins(folder));
      writeRings(folder.resolve(STEM + "_rings.csv"));
      writePixels(folder.resolve(STEM + "_map.csv"));
      for (Map.Entry<String, double[]> map : maps.entrySet()) {
        Path file = folder.resolve(STEM + "_" + map.getKey() + ".npy");
        Npy.write(file, canvas.height(), canvas.width(), map.getValue());
      }
    }

    private void writeBins(Path file) throws IOException {
      List<EdgeBin> bins = EdgeBins.of(canvas).bins();
      try (CsvWriter csv = csv(file, BINS)) {
        for (int i = 0; i < bins.size(); i++) {
          EdgeBin bin = bins.get(i);
          row(
              csv,
              profiles.values(),
              i,
              bin.from(),
              bin.to(),
              bin.nearest(),
              bin.farthest(),
              bin.pixels());
        }
        csv.finish();
      }
    }

    private void writeRings(Path file) throws IOException {
      EdgeRank rank = new EdgeRank(canvas);
      List<double[]> means = maps.values().stream().map(map -> ringMeans(rank, map)).toList();
      try (CsvWriter csv = csv(file, RINGS)) {
        for (int ring = 0; ring < rank.rings(); ring++) {
          row(csv, means, ring, ring, rank.ofRing(ring), rank.ringSize(ring));
        }
        csv.finish();
      }
    }

    private void writePixels(Path file) throws IOException {
      try (CsvWriter csv = csv(file, PIXELS)) {
        for (int i = 0; i < canvas.pixels(); i++) {
          row(csv, maps.values(), i, canvas.x(i), canvas.y(i));
        }
        csv.finish();
      }
    }

    private CsvWriter csv(Path file, List<String> first) throws IOException {
      List<String> header = new ArrayList<>(first);
      header.addAll(maps.keySet());
      return CsvWriter.whole(file, header);
    }

    /** The given cells, followed by the value at {@code index} for every padding. */
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
}
