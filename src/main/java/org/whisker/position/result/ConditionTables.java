package org.whisker.position.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.position.ConditionMaps;
import org.whisker.position.ConditionMaps.ContributionMap;
import org.whisker.position.DensityProfile;
import org.whisker.position.NullBand;
import org.whisker.position.PartDensity;
import org.whisker.position.PixelMap;
import org.whisker.position.Placement;
import org.whisker.position.Placement.LogRatio;
import org.whisker.table.Column;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;

/**
 * The tables of one condition of a heatmap: each map as {@code NAME.csv} and {@code NAME.npy}, and
 * the statistics of the positions of its pixels. Tables that were not measured, or require a black
 * pixel that no run has, are not written.
 */
public final class ConditionTables {
  /** Share of runs in which a pixel is black, 0 to 1. */
  public static final String FREQUENCY = "frequency";

  /** Smoothed density; 1 is expected by chance. */
  public static final String DENSITY = "density";

  /** Share of generations, 0 to 1, in which a pixel is black in the best image. */
  public static final String ALL_GENERATIONS = "all_generations";

  /** Mean contribution of a pixel over runs, in logits; see {@link ContributionMap}. */
  public static final String CONTRIBUTION = "contribution";

  /** The mean contribution, smoothed. */
  public static final String SMOOTHED_CONTRIBUTION = "contribution_smoothed";

  /** log2 of the density relative to a uniform one. */
  public static final String LOG_RATIO = "log_ratio";

  private ConditionTables() {}

  /** Writes all measurements into {@code folder}. */
  public static void write(Path folder, ConditionMaps condition) throws IOException {
    Files.createDirectories(folder);
    map(folder, FREQUENCY, condition.heatmap().frequency(), "share_of_runs");
    Optional<PixelMap> density = condition.heatmap().density();
    if (density.isPresent()) {
      map(folder, DENSITY, density.get(), "relative_density");
    }
    if (condition.allGenerations().isPresent()) {
      map(folder, ALL_GENERATIONS, condition.allGenerations().get(), "share_of_generations");
    }
    if (condition.contribution().isPresent()) {
      ContributionMap map = condition.contribution().get();
      map(folder, CONTRIBUTION, map.mean(), "logits_per_run");
      map(folder, SMOOTHED_CONTRIBUTION, map.smoothed(), "logits_per_run");
    }
    if (condition.placement().isPresent()) {
      placement(folder, condition.placement().get());
    }
  }

  private static void placement(Path folder, Placement placement) throws IOException {
    EdgeIndexRow.TABLE.writeIn(folder, EdgeIndexRow.of(placement.edgeIndices()));
    DensityProfile.DensityBin.TABLE.writeIn(folder, placement.profile().bins());
    PartDensity.TABLE.writeIn(
        folder, placement.parts().stream().map(PartDensity.OfRuns::mean).toList());
    PartRunRow.TABLE.writeIn(folder, PartRunRow.of(placement.parts()));
    ResidueRow.TABLE.writeIn(folder, ResidueRow.of(placement.residues()));
    ResidueRow.TestRow.TABLE.writeIn(folder, ResidueRow.TestRow.of(placement.residues()));
    LogRatioRow.write(folder, placement.logRatio());
    PixelMap ratio = placement.logRatio().ratio();
    Npy.write(
        folder.resolve(LOG_RATIO + ".npy"),
        ratio.canvas().height(),
        ratio.canvas().width(),
        ratio.values());
  }

  private static void map(Path folder, String name, PixelMap map, String column)
      throws IOException {
    MapFiles.write(folder.resolve(name), map.canvas(), map.values(), column);
  }

  /**
   * Folder names for the labels of a heatmap's conditions: valid on common file systems, and
   * distinct.
   */
  public static List<String> folders(List<String> labels) {
    Set<String> taken = new LinkedHashSet<>();
    for (String label : labels) {
      String plain = label.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+|-+$", "");
      String folder = plain.isEmpty() ? "condition" : plain;
      String free = folder;
      for (int k = 2; !taken.add(free); k++) {
        free = folder + "-" + k;
      }
    }
    return List.copyOf(taken);
  }

  /** A row of a condition's {@code edge_index.csv}: the edge index of one run. */
  public record EdgeIndexRow(
      @Column(
              value = "run_with_black_pixels",
              meaning =
                  "number of the run, from 1, among the runs with at least one black " + "pixel")
          int run,
      double edgeIndex) {
    public static final String FILE = "edge_index.csv";
    public static final Table<EdgeIndexRow> TABLE = Table.of(EdgeIndexRow.class, FILE);

    static List<EdgeIndexRow> of(List<Double> indices) {
      List<EdgeIndexRow> rows = new ArrayList<>();
      for (double index : indices) {
        rows.add(new EdgeIndexRow(rows.size() + 1, index));
      }
      return rows;
    }
  }

  /**
   * A row of a condition's {@code sides_by_run.csv}, one per part and run: the values averaged in
   * {@link PartDensity}.
   */
  public record PartRunRow(
      String part,
      @Column(
              value = "run_with_black_pixels",
              meaning =
                  "number of the run, from 1, among the runs with at least one black " + "pixel")
          int run,
      @Column(
              meaning =
                  "density relative to a uniform distribution, or the difference of two "
                      + "such densities")
          double density) {
    public static final String FILE = "sides_by_run.csv";
    public static final Table<PartRunRow> TABLE = Table.of(PartRunRow.class, FILE);

    static List<PartRunRow> of(List<PartDensity.OfRuns> parts) {
      List<PartRunRow> rows = new ArrayList<>();
      for (PartDensity.OfRuns part : parts) {
        for (int run = 0; run < part.perRun().size(); run++) {
          rows.add(new PartRunRow(part.mean().part(), run + 1, part.perRun().get(run)));
        }
      }
      return rows;
    }
  }

  /**
   * A row of a condition's {@code log_ratio.csv}, in row-major order: the smoothed density at a
   * pixel compared with chance. A canvas too large for a null distribution has only the first three
   * columns.
   */
  public record LogRatioRow(
      int x,
      int y,
      @Column(unit = "log2", meaning = "log2 of the density relative to a uniform one")
          double log2Ratio,
      @Column(
              unit = "log2",
              optional = true,
              single = true,
              meaning =
                  "lower end of the pointwise 95 % band of random maps, on the same " + "scale")
          OptionalDouble nullLow,
      @Column(unit = "log2", optional = true, single = true, meaning = "upper end of this band")
          OptionalDouble nullHigh,
      @Column(optional = true, meaning = "1 above the band, −1 below it, 0 within it")
          OptionalInt outside) {
    public static final String FILE = "log_ratio.csv";
    public static final Table<LogRatioRow> TABLE = Table.of(LogRatioRow.class, FILE);

    private static final Table<LogRatioRow> WITHOUT_BAND =
        TABLE.without("null_low", "null_high", "outside");

    static void write(Path folder, LogRatio ratio) throws IOException {
      @Nullable NullBand band = ratio.band().orElse(null);
      Canvas canvas = ratio.ratio().canvas();
      double[] values = ratio.ratio().values();
      double[] low = band == null ? values : log2(band.low());
      double[] high = band == null ? values : log2(band.high());
      int[] outside = new int[values.length];
      mark(outside, ratio.above(), 1);
      mark(outside, ratio.below(), -1);
      Table<LogRatioRow> table = band == null ? WITHOUT_BAND : TABLE;
      try (TableWriter<LogRatioRow> rows = table.whole(folder.resolve(FILE))) {
        for (int i = 0; i < values.length; i++) {
          rows.row(
              new LogRatioRow(
                  canvas.x(i),
                  canvas.y(i),
                  values[i],
                  OptionalDouble.of(low[i]),
                  OptionalDouble.of(high[i]),
                  OptionalInt.of(outside[i])));
        }
        rows.finish();
      }
    }

    private static double[] log2(PixelMap density) {
      return Arrays.stream(density.values()).map(LogRatio::log2).toArray();
    }

    private static void mark(int[] outside, BlackPixels region, int as) {
      for (int i = 0; i < region.count(); i++) {
        outside[region.get(i)] = as;
      }
    }

    /**
     * The pixels on one side of the band.
     *
     * @param side 1 above, −1 below
     */
    public static BlackPixels outside(Canvas canvas, List<LogRatioRow> rows, int side) {
      return BlackPixels.of(
          canvas,
          rows.stream()
              .filter(row -> row.outside.orElse(0) == side)
              .mapToInt(row -> canvas.index(row.x, row.y))
              .toArray());
    }
  }
}
