package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PermutedClassifier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.StopRules;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;

/**
 * Positive and negative controls of the edge index: evolution with a known answer.
 *
 * <ul>
 *   <li>{@link #edge}, {@link #centre}: a planted preference must be recovered, with its sign and
 *       size;
 *   <li>{@link #flat}: under a flat fitness the operators alone must leave E at ½;
 *   <li>{@link #permuted}: so must a real classifier behind a random permutation of the pixels.
 * </ul>
 */
public final class Controls {
  private final Options options;
  private final Listener listener;
  private final BooleanSupplier stopped;

  /**
   * The size of the controls.
   *
   * @param evolution search options
   * @param runs runs per control, at least 2; run k has the seed {@code seed + k}
   * @param margin equivalence margin of E
   * @param alpha level of every test
   */
  public record Options(
      EvolutionOptions evolution, int runs, long seed, double margin, double alpha) {
    public Options {
      Checks.refuse(runs < 2, "a control needs at least 2 runs, was %s", runs);
      if (!(margin > 0 && margin < 0.5 && alpha > 0 && alpha < 1)) {
        throw new IllegalArgumentException("margin " + margin + ", alpha " + alpha);
      }
    }

    /** The quick preset, a margin of ±0.05, alpha 0.05. */
    public static Options quick(int runs, int generations, long seed) {
      EvolutionOptions quick = EvolutionOptions.quick();
      // No target: a search that stops at one still has neutral pixels that hitchhiked.
      EvolutionOptions whole =
          quick.withStop(quick.stop().withoutTarget()).withGenerations(generations);
      return new Options(whole, runs, seed, 0.05, 0.05);
    }
  }

  /** Receives each finished run. */
  @FunctionalInterface
  public interface Listener {
    /** The {@code done}-th run of the control has ended. */
    void onRun(String control, int done, RunResult result);
  }

  /**
   * Controls of this size.
   *
   * @param stopped polled after every generation
   */
  public Controls(Options options, Listener listener, BooleanSupplier stopped) {
    this.options = options;
    this.listener = listener;
    this.stopped = stopped;
  }

  /**
   * A fitness that favours the outer half of the canvas.
   *
   * @param strength decrease of the logit per black pixel there, above 0
   * @throws CancellationException when stopped, as for all controls
   */
  public Control edge(Canvas canvas, double strength) {
    return planted("edge", new PlantedPreference(canvas, true, strength), canvas);
  }

  /** A fitness that favours the inner half of the canvas. */
  public Control centre(Canvas canvas, double strength) {
    return planted("centre", new PlantedPreference(canvas, false, strength), canvas);
  }

  private Control planted(String name, PlantedPreference planted, Canvas canvas) {
    Evolution evolution = new Evolution(options.evolution(), canvas, planted);
    return control(name, planted.expected(), run -> evolution);
  }

  /**
   * A flat fitness: all images have the same logit and pixels are free, so only the operators act.
   */
  public Control flat(Canvas canvas) {
    int generations = options.evolution().stop().generations();
    EvolutionOptions free =
        options.evolution().withLambda(0).withStop(StopRules.after(generations));
    Evolution evolution = new Evolution(free, canvas, LogitSource.flat(0));
    return control("flat", 0.5, run -> evolution);
  }

  /**
   * The classifier behind a random permutation of its pixels: one per run, fixed throughout it.
   * (With a single permutation, the classifier's preferred pixels would lie at the same, by chance
   * uneven, positions in all runs, which averaging could not remove.)
   *
   * @param batchSize images per batch, at least 1
   */
  public Control permuted(Classifier classifier, int batchSize) {
    return control(
        "permuted " + classifier.name(),
        0.5,
        run -> {
          SplitMix64 random = SplitMix64.stream(options.seed(), "permutation", run);
          Classifier permuted = new PermutedClassifier(classifier, random);
          return Evolution.of(options.evolution(), permuted, batchSize);
        });
  }

  private Control control(String name, double expected, IntFunction<Evolution> evolutions) {
    List<Double> indices = new ArrayList<>();
    for (int run = 0; run < options.runs(); run++) {
      RunResult result =
          evolutions.apply(run).run(options.seed() + run, (stats, best) -> !stopped.getAsBoolean());
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped in control " + name + ", run " + (run + 1));
      }
      result.edgeIndex().ifPresent(indices::add);
      listener.onRun(name, run + 1, result);
    }
    return Control.of(
        name,
        expected,
        indices,
        options.runs() - indices.size(),
        options.seed(),
        options.margin(),
        options.alpha(),
        SplitMix64.stream(options.seed(), "control " + name, 0));
  }

  /**
   * A fitness with a known preference. White has logit {@value #WHITE} of not-cat; a black pixel in
   * the favoured half of the canvas (by area: edge rank u below ½, or above it) lowers it by {@code
   * strength}, one in the other half raises it by the same amount. Positions within the favoured
   * half are equivalent, so unbiased operators lead to the mean u of that half, which is the
   * expected edge index.
   */
  static final class PlantedPreference implements LogitSource {
    private static final float WHITE = 3;

    private final EdgeRank rank;
    private final boolean edge;
    private final float strength;

    PlantedPreference(Canvas canvas, boolean edge, double strength) {
      if (!(strength > 0 && Double.isFinite(strength))) {
        throw new IllegalArgumentException("strength must be above 0 and finite, was " + strength);
      }
      this.rank = new EdgeRank(canvas);
      this.edge = edge;
      this.strength = (float) strength;
    }

    /** The mean edge rank of the favoured pixels. */
    double expected() {
      return IntStream.range(0, rank.canvas().pixels())
          .filter(this::favours)
          .mapToDouble(rank::of)
          .average()
          .orElseThrow();
    }

    private boolean favours(int index) {
      return rank.of(index) < 0.5 == edge;
    }

    @Override
    public float[] logits(List<BlackPixels> genomes) {
      float[] logits = new float[genomes.size()];
      for (int i = 0; i < logits.length; i++) {
        BlackPixels genome = genomes.get(i);
        int favoured = (int) IntStream.of(genome.indices()).filter(this::favours).count();
        logits[i] = WHITE + strength * (genome.count() - 2 * favoured);
      }
      return logits;
    }
  }

  /**
   * A control of the whole pipeline from evolution to statistics: runs with a known expected edge
   * index, and whether it was recovered.
   *
   * @param name such as {@code edge} or {@code permuted vgg16-mini}
   * @param expected the true mean edge index; ½ in a negative control
   * @param edgeIndices one per run with a black pixel
   * @param whiteRuns number of runs without a black pixel
   * @param firstSeed run k, from 0, has the seed {@code firstSeed + k}
   * @param mean the mean of the edge indices
   * @param interval the interval of the mean, over runs, within 0 to 1
   * @param p two-sided, of the hypothesis that the mean is ½, by sign flips
   * @param equivalence the test that the mean equals the expected value within a margin
   * @param alpha level of both tests
   */
  public record Control(
      String name,
      double expected,
      List<Double> edgeIndices,
      int whiteRuns,
      long firstSeed,
      double mean,
      Interval interval,
      double p,
      Equivalence equivalence,
      double alpha) {
    private static final double NO_BIAS = 0.5;
    private static final int DRAWS = 9_999;

    public Control {
      edgeIndices = List.copyOf(edgeIndices);
      Checks.require(
          expected >= 0 && expected <= 1, "an edge index is from 0 to 1, was %s", expected);
    }

    /**
     * Evaluates these runs.
     *
     * @throws IllegalArgumentException if fewer than two runs have a black pixel
     */
    static Control of(
        String name,
        double expected,
        List<Double> edgeIndices,
        int whiteRuns,
        long firstSeed,
        double margin,
        double alpha,
        RandomGenerator random) {
      Checks.refuse(
          edgeIndices.size() < 2,
          "control %s: %d of %d runs have a black pixel, 2 are needed; give it more generations",
          name,
          edgeIndices.size(),
          edgeIndices.size() + whiteRuns);
      double[] runs = edgeIndices.stream().mapToDouble(Double::doubleValue).toArray();
      return new Control(
          name,
          expected,
          edgeIndices,
          whiteRuns,
          firstSeed,
          Summary.of(runs).mean(),
          BoundedInterval.ofShares().mean(runs, random),
          SignFlipTest.of(runs, NO_BIAS, Alternative.TWO_SIDED, DRAWS, random).p(),
          Equivalence.oneSample(runs, expected, margin),
          alpha);
    }

    /** Whether this is a positive control, with a planted bias. */
    public boolean positive() {
      return expected != NO_BIAS;
    }

    /**
     * Whether the control passed. Negative: E is equivalent to ½ within the margin. Positive: E
     * differs significantly from ½ in the planted direction and is equivalent to the planted size.
     */
    public boolean passed() {
      boolean asExpected = equivalence.holds(alpha);
      boolean found = p <= alpha && (mean < NO_BIAS) == (expected < NO_BIAS);
      return asExpected && (found || !positive());
    }

    /** Estimated number of runs that would show the expected size; for a failed control. */
    public OptionalLong runsNeeded() {
      double[] runs = edgeIndices.stream().mapToDouble(Double::doubleValue).toArray();
      double sd = Summary.of(runs).sd().orElse(0);
      return passed() || sd == 0
          ? OptionalLong.empty()
          : OptionalLong.of(RunsNeeded.standard().forEquivalence(sd, equivalence.margin()));
    }
  }
}
