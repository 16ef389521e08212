package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.Margin.Side;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * A classifier's logits along a path, and where the path crosses the boundary (p(target) = ½). The
 * whole scan is scored, so a path may cross any number of times; each pair of adjacent positions on
 * different sides is then bisected. A double crossing between two adjacent positions on the same
 * side is missed.
 *
 * @param positions the scanned ones, ascending
 * @param logits the logits of not-cat, one per position
 * @param crossings in their order
 */
public record PathProfile(List<Double> positions, List<Float> logits, List<Crossing> crossings) {
  public PathProfile {
    positions = List.copyOf(positions);
    logits = List.copyOf(logits);
    crossings = List.copyOf(crossings);
    if (positions.isEmpty() || positions.size() != logits.size()) {
      throw new IllegalArgumentException(
          positions.size() + " positions with " + logits.size() + " logits");
    }
  }

  /** p(target) at each position. */
  public List<Double> catProbabilities() {
    return logits.stream().map(Classifier::catProbability).toList();
  }

  /**
   * Scores a path.
   *
   * @param batch pictures per call, at least 1
   * @param progress receives after each batch the number of scored positions of the scan
   * @throws IllegalArgumentException if a logit is not finite
   */
  static PathProfile of(Classifier classifier, ImagePath path, int batch, IntConsumer progress) {
    List<Double> positions = path.scan();
    List<Float> logits = score(classifier, path, positions, batch, progress);
    List<Crossing> brackets = new ArrayList<>();
    for (int i = 1; i < logits.size(); i++) {
      if (Grays.isCat(logits.get(i - 1)) != Grays.isCat(logits.get(i))) {
        brackets.add(
            new Crossing(positions.get(i - 1), positions.get(i), logits.get(i - 1), logits.get(i)));
      }
    }
    return new PathProfile(positions, logits, narrowed(classifier, path, brackets, batch));
  }

  private static List<Float> score(
      Classifier classifier,
      ImagePath path,
      List<Double> positions,
      int batch,
      IntConsumer progress) {
    List<Float> logits = new ArrayList<>(positions.size());
    for (int from = 0; from < positions.size(); from += batch) {
      List<Double> some = positions.subList(from, Math.min(positions.size(), from + batch));
      List<Raster> pictures = some.stream().map(path::at).toList();
      for (float logit : classifier.logits(pictures)) {
        logits.add(Grays.finite(classifier, logit));
      }
      progress.accept(logits.size());
    }
    return logits;
  }

  /** All brackets are bisected together, so that each round is one call. */
  private static List<Crossing> narrowed(
      Classifier classifier, ImagePath path, List<Crossing> brackets, int batch) {
    List<Crossing> narrow = new ArrayList<>(brackets);
    while (true) {
      List<Integer> open = new ArrayList<>();
      List<Double> middles = new ArrayList<>();
      for (int i = 0; i < narrow.size(); i++) {
        OptionalDouble middle = path.between(narrow.get(i).before(), narrow.get(i).after());
        if (middle.isPresent()) {
          open.add(i);
          middles.add(middle.getAsDouble());
        }
      }
      if (open.isEmpty()) {
        return narrow;
      }
      List<Float> logits = score(classifier, path, middles, batch, scored -> {});
      for (int k = 0; k < open.size(); k++) {
        int i = open.get(k);
        narrow.set(i, halved(narrow.get(i), middles.get(k), logits.get(k)));
      }
    }
  }

  private static Crossing halved(Crossing wide, double middle, float logit) {
    return Grays.isCat(logit) == Grays.isCat(wide.logitBefore())
        ? new Crossing(middle, wide.after(), logit, wide.logitAfter())
        : new Crossing(wide.before(), middle, wide.logitBefore(), logit);
  }

  /** A row of {@code path.csv}: one scored image of a path. */
  public record Scored(
      @Column(meaning = "kind of the path, such as best-first") String order,
      @Column(meaning = "number of the random order, from 1; empty for other kinds")
          OptionalInt draw,
      @Column(
              meaning =
                  "number of changed pixels; on the straight line the parameter t, 0 to " + "1")
          double position,
      @Column(unit = "logit") float logit) {
    public static final String FILE = "path.csv";

    public static final Table<Scored> TABLE = Table.of(Scored.class, FILE);

    @Column(after = "logit", value = "p_target", unit = Column.PROBABILITY)
    public double catProbability() {
      return Classifier.catProbability(logit);
    }

    public static List<Scored> of(BoundaryPaths paths) {
      List<Scored> rows = new ArrayList<>();
      for (BoundaryPaths.ScoredPath path : paths.paths()) {
        PathProfile profile = path.profile();
        for (int i = 0; i < profile.positions().size(); i++) {
          rows.add(
              new Scored(
                  path.kind().label(),
                  draw(path),
                  profile.positions().get(i),
                  profile.logits().get(i)));
        }
      }
      return rows;
    }

    static OptionalInt draw(BoundaryPaths.ScoredPath path) {
      return path.draw() == 0 ? OptionalInt.empty() : OptionalInt.of(path.draw());
    }

    /** Whether the path is the straight line in gray levels. */
    public boolean isStraight() {
      return order.equals(PathKind.STRAIGHT.label());
    }

    /** Whether the path is a random order. */
    public boolean isRandom() {
      return order.equals(PathKind.RANDOM.label());
    }
  }

  /**
   * Two positions of a path on opposite sides of the boundary, as close as the path's resolution
   * permits. Logits are of not-cat.
   */
  public record Crossing(
      @Column(meaning = "position just before: number of changed pixels, or t of the straight line")
          double before,
      @Column(meaning = "position just after") double after,
      @Column(unit = "logit", meaning = "logit against the target just before") float logitBefore,
      @Column(unit = "logit", meaning = "logit against the target just after") float logitAfter) {
    public Crossing {
      if (!(before < after) || Grays.isCat(logitBefore) == Grays.isCat(logitAfter)) {
        throw new IllegalArgumentException(
            "nothing is crossed from %s (logit %s) to %s (logit %s)"
                .formatted(before, logitBefore, after, logitAfter));
      }
    }

    @Column(after = Column.START, meaning = "the side entered")
    public Side towards() {
      return Side.of(Grays.isCat(logitAfter));
    }

    @Column(
        after = "logitBefore",
        value = "p_target_before",
        unit = Column.PROBABILITY,
        meaning = "p(target) just before")
    public double catProbabilityBefore() {
      return Classifier.catProbability(logitBefore);
    }

    @Column(
        after = "logitAfter",
        value = "p_target_after",
        unit = Column.PROBABILITY,
        meaning = "p(target) just after")
    public double catProbabilityAfter() {
      return Classifier.catProbability(logitAfter);
    }

    /**
     * A row of {@code crossings.csv}: a crossing of the decision boundary between two adjacent
     * positions of a path.
     */
    public record OnPath(
        @Column(meaning = "kind of the path, such as best-first") String order,
        @Column(meaning = "number of the random order, from 1; empty for other kinds")
            OptionalInt draw,
        @Column(meaning = "its number on the path, from 1") int crossing,
        Crossing between) {
      public static final String FILE = "crossings.csv";

      public static final Table<OnPath> TABLE = Table.of(OnPath.class, FILE);

      public static List<OnPath> of(BoundaryPaths paths) {
        List<OnPath> rows = new ArrayList<>();
        paths.paths().forEach(path -> rows.addAll(of(path)));
        return rows;
      }

      public static List<OnPath> of(BoundaryPaths.ScoredPath path) {
        List<OnPath> rows = new ArrayList<>();
        for (Crossing found : path.profile().crossings()) {
          rows.add(
              new OnPath(
                  path.kind().label(), PathProfile.Scored.draw(path), rows.size() + 1, found));
        }
        return rows;
      }

      /** Whether the path is the straight line in gray levels. */
      public boolean isStraight() {
        return order.equals(PathKind.STRAIGHT.label());
      }
    }
  }

  /**
   * The spread of p(target), or of the logit, over several paths with the same positions, such as
   * random orders.
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
     * The values of all paths at one position: order statistics, between which quantiles
     * interpolate linearly, and the mean.
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
     * @param probability whether the band is of p(target); otherwise of the logit against the
     *     target
     * @throws IllegalArgumentException if there are none, or their positions differ
     */
    static PathBand of(List<PathProfile> paths, boolean probability) {
      Checks.refuse(paths.isEmpty(), "a band is of at least 1 path, was of 0");
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
     * A row of {@code band.csv}: the distribution of p(target) over the random orders at one
     * position.
     */
    public record ProbabilityRow(
        @Column(unit = "px", meaning = "number of changed pixels") double changed,
        @Column(value = "p_target_", unit = "probability") Level spread) {
      public static final String FILE = "band.csv";

      public static final Table<ProbabilityRow> TABLE = Table.of(ProbabilityRow.class, FILE);

      /** The rows of a band of p(target). */
      public static List<ProbabilityRow> of(PathBand band) {
        return IntStream.range(0, band.levels().size())
            .mapToObj(i -> new ProbabilityRow(band.positions().get(i), band.levels().get(i)))
            .toList();
      }
    }

    /**
     * A row of {@code logit-band.csv}: the distribution of the logit against the target over the
     * random orders at one position.
     */
    public record LogitRow(
        @Column(unit = "px", meaning = "number of changed pixels") double changed,
        @Column(value = "logit_", unit = "logit") Level spread) {
      public static final String FILE = "logit-band.csv";

      public static final Table<LogitRow> TABLE = Table.of(LogitRow.class, FILE);

      public static List<LogitRow> of(PathBand band) {
        return IntStream.range(0, band.levels().size())
            .mapToObj(i -> new LogitRow(band.positions().get(i), band.levels().get(i)))
            .toList();
      }
    }
  }
}
