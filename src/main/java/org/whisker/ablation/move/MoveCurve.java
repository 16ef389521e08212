package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Samples.Summary;

/**
 * Loss of evidence for cat against the distance by which a pattern is moved, for one kind of move.
 *
 * @param kind the kind of move
 * @param points by step, ascending
 */
public record MoveCurve(String kind, List<Point> points) {
  private static final int FEWEST = 2;

  /**
   * All moves of one step, over all directions.
   *
   * @param delta mean Δlogit of not-cat over images, each averaged over directions
   * @param lost mean Δlogit divided by the mean gain over the empty canvas: 0 is no loss, 1 all of
   *     it, above 1 is worse than the empty canvas
   * @param pixels mean number of remaining pixels
   */
  public record Point(double step, Spread delta, double lost, double pixels) {}

  /**
   * A mean over images.
   *
   * @param estimate mean with its 95 % interval; null for a single image
   */
  public record Spread(double mean, @Nullable Estimate estimate) {
    static Spread of(double[] images, RandomGenerator random) {
      double mean = Summary.of(images).mean();
      return new Spread(
          mean,
          images.length < FEWEST
              ? null
              : new Estimate(mean, Bootstrap.standard().mean(images, random)));
    }
  }

  public MoveCurve {
    points = List.copyOf(points);
  }

  /** One curve per kind of move, in order of first appearance. */
  public static List<MoveCurve> of(MovedPatterns patterns, RandomGenerator random) {
    return patterns.moves().stream()
        .map(PatternMove::kind)
        .distinct()
        .map(kind -> new MoveCurve(kind, points(patterns, kind, random)))
        .toList();
  }

  private static List<Point> points(MovedPatterns patterns, String kind, RandomGenerator random) {
    double[] gains = IntStream.range(0, patterns.images()).mapToDouble(patterns::gain).toArray();
    double gain = Summary.of(gains).mean();
    List<Point> points = new ArrayList<>();
    steps(patterns, kind)
        .forEach(
            (step, moves) -> {
              double[] deltas = deltas(patterns, moves);
              Spread delta = Spread.of(deltas, random);
              points.add(new Point(step, delta, delta.mean() / gain, pixels(patterns, moves)));
            });
    return points;
  }

  /** The moves of a kind, by step. */
  static Map<Double, List<Integer>> steps(MovedPatterns patterns, String kind) {
    Map<Double, List<Integer>> steps = new TreeMap<>();
    for (int m = 0; m < patterns.moves().size(); m++) {
      PatternMove move = patterns.moves().get(m);
      if (move.kind().equals(kind)) {
        steps.computeIfAbsent(move.step(), s -> new ArrayList<>()).add(m);
      }
    }
    return steps;
  }

  /** Δlogit of each image, averaged over these moves. */
  static double[] deltas(MovedPatterns patterns, List<Integer> moves) {
    return IntStream.range(0, patterns.images())
        .mapToDouble(
            image ->
                moves.stream().mapToDouble(m -> patterns.delta(image, m)).average().orElseThrow())
        .toArray();
  }

  private static double pixels(MovedPatterns patterns, List<Integer> moves) {
    return patterns.moved().stream()
        .flatMap(row -> moves.stream().map(m -> row.get(m).pixels()))
        .mapToInt(Integer::intValue)
        .average()
        .orElseThrow();
  }
}
