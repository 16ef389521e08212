package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.option.Records;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * Hypothesis {@code location-tied}: the evidence of evolved images when the pattern is kept and its
 * position changed.
 *
 * @param moves the moves, the same for every image
 * @param emptyLogit logit against the target of the empty canvas
 * @param logits logits of not-cat of the original images
 * @param moved one list per image with one entry per move
 */
public record MovedPatterns(
    List<PatternMove> moves, double emptyLogit, List<Double> logits, List<List<Moved>> moved) {
  /**
   * An image after a move.
   *
   * @param pixels number of remaining pixels
   * @param edgeIndex the edge index of the remaining pixels; empty if there are none
   * @param logit the logit against the target
   */
  public record Moved(int pixels, OptionalDouble edgeIndex, double logit) {}

  public MovedPatterns {
    moves = List.copyOf(moves);
    logits = List.copyOf(logits);
    moved = moved.stream().map(List::copyOf).toList();
    Checks.refuse(
        logits.size() != moved.size(), "%s images, %s of them moved", logits.size(), moved.size());
  }

  /**
   * Applies the moves and scores the images.
   *
   * @param images on the classifier's canvas
   * @param batch images per batch, at least 1
   * @param seed the seed of the random moves
   * @param progress receives the number of moved images scored
   * @throws CancellationException when stopped
   */
  public static MovedPatterns of(
      Classifier classifier,
      List<BlackPixels> images,
      List<PatternMove> moves,
      int batch,
      long seed,
      LongConsumer progress,
      BooleanSupplier stopped) {
    EdgeRank rank = new EdgeRank(classifier.canvas());
    List<Double> logits = new ArrayList<>();
    List<List<Moved>> moved = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      BlackPixels image = images.get(i);
      SplitMix64 random = SplitMix64.stream(seed, "moved pattern", i);
      List<BlackPixels> all = moves.stream().map(move -> move.of(image, random)).toList();
      double[] scores = scores(classifier, all, batch, stopped);
      List<Moved> row = new ArrayList<>();
      for (int m = 0; m < scores.length; m++) {
        row.add(new Moved(all.get(m).count(), rank.edgeIndex(all.get(m)), scores[m]));
      }
      moved.add(row);
      logits.add((double) classifier.logits(List.of(image))[0]);
      progress.accept((i + 1L) * moves.size());
    }
    double empty = classifier.logits(List.of(BlackPixels.none(classifier.canvas())))[0];
    return new MovedPatterns(moves, empty, logits, moved);
  }

  private static double[] scores(
      Classifier classifier, List<BlackPixels> pictures, int batch, BooleanSupplier stopped) {
    double[] scores = new double[pictures.size()];
    for (int from = 0; from < scores.length; from += batch) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped while moving patterns");
      }
      int to = Math.min(scores.length, from + batch);
      float[] part = classifier.logits(pictures.subList(from, to));
      for (int i = 0; i < part.length; i++) {
        scores[from + i] = part[i];
      }
    }
    return scores;
  }

  public int images() {
    return logits.size();
  }

  /** Logit against the target after a move minus before; above 0 is away from the target. */
  public double delta(int image, int move) {
    return moved.get(image).get(move).logit() - logits.get(image);
  }

  /** The evidence of an image for cat: the logit of the empty canvas minus that of the image. */
  public double gain(int image) {
    return emptyLogit - logits.get(image);
  }

  /**
   * Loss of evidence for cat against the distance by which a pattern is moved, for one kind of
   * move.
   *
   * @param kind the kind of move
   * @param points by step, ascending
   */
  public record MoveCurve(String kind, List<Point> points) {
    private static final int FEWEST = 2;

    /**
     * All moves of one step, over all directions.
     *
     * @param delta mean Δlogit against the target over images, each averaged over directions
     * @param lost mean Δlogit divided by the mean gain over the empty canvas: 0 is no loss, 1 all
     *     of it, above 1 is worse than the empty canvas
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

  /**
   * The control of moved patterns: up to border effects, a convolutional network is equivariant to
   * shifts by multiples of its stride. So these should lose less than shifts by one pixel more or
   * less (Zhang 2019, arXiv 1904.11486; Kayhan and van Gemert 2020, arXiv 2003.07064).
   *
   * <p>A row of {@value #FILE}; cells are empty for a single image.
   */
  public record StrideComb(
      @Column(unit = "px", meaning = "the stride") int modulus,
      @Column(meaning = "number of multiples compared") int multiples,
      @Column(
              unit = "logit",
              meaning =
                  "difference of the mean change of the logit against the target, multiples "
                      + "minus others; below 0, multiples lose less")
          OptionalDouble difference,
      @Column(unit = "logit") OptionalDouble ciLow,
      @Column(unit = "logit") OptionalDouble ciHigh,
      @Column(
              value = "p_value",
              unit = "probability",
              meaning = "two-sided p-value of a sign-flip permutation test over images")
          OptionalDouble p,
      @Column(unit = "probability", meaning = "p-value corrected (Holm) over all moduli")
          OptionalDouble pHolm) {
    public static final String FILE = "stride-comb.csv";
    public static final Table<StrideComb> TABLE = Table.of(StrideComb.class, FILE);

    private static final int DRAWS = 9_999;
    private static final int FEWEST = 2;

    /**
     * The comb test for each power of two, from 2 to the network's total stride, that has a
     * multiple with both neighbours among the steps.
     */
    public static List<StrideComb> of(MovedPatterns patterns, int stride, RandomGenerator random) {
      Map<Double, List<Integer>> steps = MoveCurve.steps(patterns, "roll");
      List<StrideComb> combs = new ArrayList<>();
      for (int modulus = 2; modulus <= stride; modulus *= 2) {
        int each = modulus;
        List<Double> multiples =
            steps.keySet().stream()
                .filter(s -> s % each == 0 && steps.containsKey(s - 1) && steps.containsKey(s + 1))
                .toList();
        if (!multiples.isEmpty()) {
          combs.add(comb(patterns, steps, modulus, multiples, random));
        }
      }
      return corrected(combs);
    }

    private static StrideComb comb(
        MovedPatterns patterns,
        Map<Double, List<Integer>> steps,
        int modulus,
        List<Double> multiples,
        RandomGenerator random) {
      double[] at = new double[patterns.images()];
      double[] beside = new double[at.length];
      for (double step : multiples) {
        double[] here = MoveCurve.deltas(patterns, moves(steps, step));
        double[] below = MoveCurve.deltas(patterns, moves(steps, step - 1));
        double[] above = MoveCurve.deltas(patterns, moves(steps, step + 1));
        for (int i = 0; i < at.length; i++) {
          at[i] += here[i] / multiples.size();
          beside[i] += (below[i] + above[i]) / 2 / multiples.size();
        }
      }
      if (at.length < FEWEST) {
        OptionalDouble none = OptionalDouble.empty();
        return new StrideComb(modulus, multiples.size(), none, none, none, none, none);
      }
      Estimate difference = EffectSize.pairedDifference(at, beside, Bootstrap.standard(), random);
      double[] differences =
          IntStream.range(0, at.length).mapToDouble(i -> at[i] - beside[i]).toArray();
      OptionalDouble p =
          OptionalDouble.of(
              SignFlipTest.of(differences, 0, Alternative.TWO_SIDED, DRAWS, random).p());
      return new StrideComb(
          modulus,
          multiples.size(),
          OptionalDouble.of(difference.value()),
          OptionalDouble.of(difference.interval().low()),
          OptionalDouble.of(difference.interval().high()),
          p,
          p);
    }

    private static List<Integer> moves(Map<Double, List<Integer>> steps, double step) {
      return steps.getOrDefault(step, List.of());
    }

    /** All are of the same images, so that all have a p or none has. */
    private static List<StrideComb> corrected(List<StrideComb> combs) {
      double[] corrected = Holm.adjust(combs.stream().mapToDouble(c -> c.p.orElse(1)).toArray());
      return IntStream.range(0, combs.size())
          .mapToObj(
              i ->
                  combs.get(i).p.isEmpty()
                      ? combs.get(i)
                      : Records.changed(combs.get(i), StrideComb::pHolm)
                          .to(OptionalDouble.of(corrected[i])))
          .toList();
    }
  }
}
