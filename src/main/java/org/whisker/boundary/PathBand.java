package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The spread of p(cat), or of the logit, over several paths with the same positions, such as random
 * orders.
 *
 * @param positions shared by all paths
 * @param levels one per position
 */
public record PathBand(List<Double> positions, List<Level> levels) {
  public PathBand {
    positions = List.copyOf(positions);
    levels = List.copyOf(levels);
  }

  /**
   * The values of all paths at one position: order statistics, between which quantiles interpolate
   * linearly, and the mean.
   */
  public record Level(
      double min,
      double q05,
      double q25,
      double median,
      double q75,
      double q95,
      double max,
      double mean) {}

  /**
   * The band of at least one path.
   *
   * @param probability whether the band is of p(cat); otherwise of the logit of not-cat
   * @throws IllegalArgumentException if there are none, or their positions differ
   */
  public static PathBand of(List<PathProfile> paths, boolean probability) {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("a band is of at least 1 path, was of 0");
    }
    List<Double> positions = paths.get(0).positions();
    List<List<Double>> all = new ArrayList<>();
    for (PathProfile path : paths) {
      if (!path.positions().equals(positions)) {
        throw new IllegalArgumentException("paths of a band have the same positions");
      }
      all.add(
          probability
              ? path.catProbabilities()
              : path.logits().stream().map(Float::doubleValue).toList());
    }
    return new PathBand(
        positions,
        IntStream.range(0, positions.size())
            .mapToObj(i -> level(all.stream().mapToDouble(path -> path.get(i)).toArray()))
            .toList());
  }

  private static Level level(double[] values) {
    Arrays.sort(values);
    return new Level(
        values[0],
        quantile(values, 0.05),
        quantile(values, 0.25),
        quantile(values, 0.5),
        quantile(values, 0.75),
        quantile(values, 0.95),
        values[values.length - 1],
        Arrays.stream(values).average().orElseThrow());
  }

  /** Linear interpolation between the sorted values, the first at 0 and the last at 1. */
  static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * A row of {@code band.csv}: the distribution of p(cat) over the random orders at one position.
   */
  public record ProbabilityRow(
      @Column(unit = "px", meaning = "number of changed pixels") double changed,
      @Column(value = "p_cat_", unit = "probability") Level spread) {
    /** The name of the file. */
    public static final String FILE = "band.csv";

    public static final Table<ProbabilityRow> TABLE = Table.of(ProbabilityRow.class, FILE);

    /** The rows of a band of p(cat). */
    public static List<ProbabilityRow> of(PathBand band) {
      return IntStream.range(0, band.levels().size())
          .mapToObj(i -> new ProbabilityRow(band.positions().get(i), band.levels().get(i)))
          .toList();
    }
  }

  /**
   * A row of {@code logit-band.csv}: the distribution of the logit of not-cat over the random
   * orders at one position.
   */
  public record LogitRow(
      @Column(unit = "px", meaning = "number of changed pixels") double changed,
      @Column(value = "logit_", unit = "logit") Level spread) {
    /** The name of the file. */
    public static final String FILE = "logit-band.csv";

    public static final Table<LogitRow> TABLE = Table.of(LogitRow.class, FILE);

    /** The rows of a band of the logit. */
    public static List<LogitRow> of(PathBand band) {
      return IntStream.range(0, band.levels().size())
          .mapToObj(i -> new LogitRow(band.positions().get(i), band.levels().get(i)))
          .toList();
    }
  }
}
