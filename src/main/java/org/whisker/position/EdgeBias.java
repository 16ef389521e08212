package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.position.DensityProfile.RunMean;
import org.whisker.random.SplitMix64;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * Whether black pixels prefer the edge: the mean over runs of the {@linkplain
 * EdgeRank#edgeIndex(BlackPixels) edge index}, against ½. The run is the unit, never the pixel.
 *
 * @param edgeIndex ½ is no bias, lower is edge bias, higher is centre bias
 * @param ciLow the lower end of the 95 % interval, within 0 to 1 ({@link
 *     org.whisker.stats.BoundedInterval} below 1,000 runs, else Student's, cut there); empty where
 *     a model has a single run
 * @param ciHigh the upper end of the interval
 * @param pValue two-sided, by sign flips; six runs are the fewest that can reach 0.05
 * @param runs number of runs with a black pixel, which enter the mean
 * @param whiteRuns number of runs without one, which have no edge index
 */
public record EdgeBias(
    double edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double pValue,
    int runs,
    int whiteRuns) {
  private static final int MOST_DRAWS = 9_999;
  private static final int FEWEST_DRAWS = 999;
  private static final int MOST_FLIPS = 20_000_000;
  private static final double NO_BIAS = 0.5;

  public EdgeBias {
    Checks.require(
        edgeIndex >= 0 && edgeIndex <= 1, "edge index must be from 0 to 1, was %s", edgeIndex);
    Checks.require(pValue > 0 && pValue <= 1, "p must be above 0 and at most 1, was %s", pValue);
    Checks.refuse(runs < 1 || whiteRuns < 0, "runs %s, white runs %s", runs, whiteRuns);
  }

  /**
   * The bias over the runs of one model.
   *
   * @param runs the final image of each
   * @throws IllegalArgumentException if no run has a black pixel
   */
  public static EdgeBias of(List<BlackPixels> runs, RandomGenerator random) {
    double[] indices = edgeIndices(runs);
    Checks.refuse(indices.length == 0, "none of %s runs has a black pixel", runs.size());
    double[] deviations = Arrays.stream(indices).map(index -> index - NO_BIAS).toArray();
    double deviation = Arrays.stream(deviations).sum() / deviations.length;
    int draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_FLIPS / deviations.length));
    double p = SignFlipTest.of(deviations, 0, Alternative.TWO_SIDED, draws, random).p();
    RunMean mean = RunMean.ofShares(indices, random);
    return new EdgeBias(
        NO_BIAS + deviation,
        clipped(mean.low()),
        clipped(mean.high()),
        p,
        indices.length,
        runs.size() - indices.length);
  }

  /** The edge index of each run that has a black pixel, in their order. */
  public static double[] edgeIndices(List<BlackPixels> runs) {
    return runs.stream()
        .map(run -> new EdgeRank(run.canvas()).edgeIndex(run))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private static OptionalDouble clipped(OptionalDouble end) {
    return end.isPresent() ? OptionalDouble.of(Math.min(1, Math.max(0, end.getAsDouble()))) : end;
  }

  /**
   * Whether a condition has an edge bias, decided jointly with the others of the same analysis.
   *
   * @param pHolm the p-value of the bias, corrected for the number of conditions
   * @param verdict on "there is a bias": no effect when TOST shows it within ±{@link
   *     Placement#MARGIN}, and as many runs could have shown a bias
   * @param runsNeeded if undecided: the number of runs that would show the bias seen, or that it is
   *     within the margin, whichever takes fewer, at the corrected level with 80 % power; empty if
   *     neither would, or the spread is not known
   * @param tooFew if undecided: whether all runs lie on the same side of ½, so that only more of
   *     them can have a smaller p
   */
  public record BiasDecision(
      double pHolm, Verdict verdict, OptionalLong runsNeeded, boolean tooFew) {
    public static final double ALPHA = 0.05;

    /** The decision about each condition in its order; empty where all runs are white. */
    public static List<Optional<BiasDecision>> of(List<ConditionMaps> conditions) {
      List<Placement> placed =
          conditions.stream().flatMap(condition -> condition.placement().stream()).toList();
      double[] corrected =
          Holm.adjust(placed.stream().mapToDouble(p -> p.bias().pValue()).toArray());
      double[] equivalent = Holm.adjust(placed.stream().mapToDouble(BiasDecision::none).toArray());
      List<Optional<BiasDecision>> decisions = new ArrayList<>();
      int next = 0;
      for (ConditionMaps condition : conditions) {
        Optional<Placement> placement = condition.placement();
        if (placement.isEmpty()) {
          decisions.add(Optional.empty());
          continue;
        }
        Verdict verdict = Verdict.of(corrected[next], equivalent[next], ALPHA);
        decisions.add(Optional.of(of(placement.get(), corrected[next++], verdict, placed.size())));
      }
      return decisions;
    }

    /** p that there is no bias: not below that of a bias which as many runs could show at most. */
    private static double none(Placement placement) {
      double smallest = SignFlipTest.smallestP(placement.indices().length);
      return Math.max(smallest, placement.pEquivalence().orElse(1));
    }

    /** The fewest runs that can show a bias where so many are tested together. */
    private static int fewest(IntToDoubleFunction smallestP, int family) {
      return IntStream.iterate(1, runs -> runs + 1)
          .filter(runs -> smallestP.applyAsDouble(runs) * family <= ALPHA)
          .findFirst()
          .orElseThrow();
    }

    private static BiasDecision of(Placement placement, double pHolm, Verdict verdict, int family) {
      boolean undecided = verdict == Verdict.UNDECIDED;
      double[] runs = placement.indices();
      return new BiasDecision(
          pHolm,
          verdict,
          undecided ? runsNeeded(runs, family) : OptionalLong.empty(),
          undecided && SignFlipTest.isSmallest(placement.bias().pValue(), runs.length));
    }

    private static OptionalLong runsNeeded(double[] runs, int family) {
      Summary seen = Summary.of(runs);
      return RunsNeeded.corrected(family)
          .toDecide(
              Math.max(runs.length, fewest(SignFlipTest::smallestP, family) - 1),
              seen.sd(),
              seen.mean() - Placement.NO_BIAS,
              Placement.MARGIN);
    }

    /** The decision in words: the kind of bias, a negligible bias, or undecided. */
    public String inWords(EdgeBias bias) {
      return switch (verdict) {
        case SUPPORTED -> bias.edgeIndex() < Placement.NO_BIAS ? "edge bias" : "centre bias";
        case NO_EFFECT -> "no bias";
        default -> "undecided";
      };
    }
  }

  /**
   * The band in which the {@linkplain EdgeRank#edgeIndex edge index} of an image lies in 95 % of
   * the cases when its pixels are placed by chance: different pixels of the canvas, uniformly. It
   * says nothing of a set of runs, for which {@link EdgeBias} has a test; and pixels that hang
   * together leave it more often.
   *
   * @param low at most 2.5 % of such images lie below
   * @param high at most 2.5 % lie above
   */
  public record ChanceBand(double low, double high) {
    /** Most pixels for which images are drawn; the mean of more is normal to within 0.002. */
    private static final int DRAWN = 30;

    private static final int DRAWS = 9_999;
    private static final double TAIL = 0.025;
    private static final double QUANTILE = 1.959964;

    public ChanceBand {
      Checks.require(low >= 0 && low <= high && high <= 1, "a band from %s to %s", low, high);
    }

    /**
     * The band of that many pixels; the same for equal arguments.
     *
     * @param pixels 1 to all of the canvas
     */
    public static ChanceBand of(Canvas canvas, int pixels) {
      Checks.refuse(
          pixels < 1 || pixels > canvas.pixels(), "%s pixels on a %s canvas", pixels, canvas);
      EdgeRank rank = new EdgeRank(canvas);
      return pixels <= DRAWN && pixels <= canvas.pixels() / 2
          ? drawn(rank, pixels)
          : normal(rank, pixels);
    }

    private static ChanceBand drawn(EdgeRank rank, int pixels) {
      SplitMix64 random = SplitMix64.stream(1, "chance band", pixels);
      double[] means = new double[DRAWS];
      Set<Integer> taken = new HashSet<>();
      for (int draw = 0; draw < DRAWS; draw++) {
        taken.clear();
        double sum = 0;
        while (taken.size() < pixels) {
          int pixel = random.nextInt(rank.canvas().pixels());
          sum += taken.add(pixel) ? rank.of(pixel) : 0;
        }
        means[draw] = sum / pixels;
      }
      Arrays.sort(means);
      int tail = (int) Math.round((DRAWS + 1) * TAIL);
      return new ChanceBand(means[tail - 1], means[DRAWS - tail]);
    }

    /** Drawn without putting back, so that the band of the whole canvas is a point. */
    private static ChanceBand normal(EdgeRank rank, int pixels) {
      int all = rank.canvas().pixels();
      double variance = 0;
      for (int ring = 0; ring < rank.rings(); ring++) {
        double away = rank.ofRing(ring) - 0.5;
        variance += away * away * rank.ringSize(ring) / all;
      }
      double left = all == 1 ? 0 : (all - pixels) / (all - 1.0);
      double reach = QUANTILE * Math.sqrt(variance / pixels * left);
      return new ChanceBand(Math.max(0, 0.5 - reach), Math.min(1, 0.5 + reach));
    }
  }

  /**
   * A row of a heatmap's {@code compare.csv}: an unpaired comparison of two conditions' edge
   * indices over runs. The interval lies within −1 to 1 and is made of those of the two means
   * ({@link Estimate#minus}); it is empty when one of them has a single run.
   */
  public record EdgeComparison(
      @Column(meaning = "label of the first condition") String a,
      @Column(meaning = "label of the second condition") String b,
      @Column(
              value = "delta_edge_index",
              meaning = "mean E of a minus that of b: below 0, a lies nearer the edge")
          double delta,
      OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(value = "p_value", unit = "probability") double p,
      @Column(unit = "probability", meaning = "p-value corrected (Holm) over all pairs")
          double pHolm,
      @Column(
              meaning =
                  "Vargha and Delaney's A: the probability that a run of a has a larger "
                      + "E than a run of b")
          double a12,
      @Column(
              unit = "probability",
              meaning =
                  "uncorrected p-value of the equivalence test that the difference lies within the"
                      + " margin")
          OptionalDouble pEquivalence,
      @Column(
              meaning =
                  "different, equivalent or undecided; both tests corrected (Holm), and equivalent"
                      + " only where as many runs could have shown a difference")
          String verdict,
      @Column(
              value = "runs_needed_each",
              meaning =
                  "estimated number of runs per condition needed for a decision, when "
                      + "these do not suffice")
          OptionalLong runsNeeded) {
    public static final String FILE = "compare.csv";
    public static final Table<EdgeComparison> TABLE = Table.of(EdgeComparison.class, FILE);

    private static final int DRAWS = 9_999;
    private static final double LEVEL = 0.95;

    /** All pairs of conditions that have a run with a black pixel, the earlier condition first. */
    public static List<EdgeComparison> all(List<ConditionMaps> conditions, long seed) {
      List<ConditionMaps> placed =
          conditions.stream().filter(c -> c.placement().isPresent()).toList();
      List<EdgeComparison> pairs = new ArrayList<>();
      List<Double> none = new ArrayList<>();
      int family = placed.size() * (placed.size() - 1) / 2;
      for (int i = 0; i < placed.size(); i++) {
        for (int j = i + 1; j < placed.size(); j++) {
          SplitMix64 random = SplitMix64.stream(seed, "heatmap-compare", pairs.size());
          EdgeComparison pair = of(placed.get(i), placed.get(j), family, random);
          pairs.add(pair);
          none.add(pair.none(runs(placed.get(i)), runs(placed.get(j))));
        }
      }
      double[] corrected = Holm.adjust(pairs.stream().mapToDouble(EdgeComparison::p).toArray());
      double[] equivalent = Holm.adjust(none.stream().mapToDouble(p -> p).toArray());
      List<EdgeComparison> judged = new ArrayList<>();
      for (int i = 0; i < corrected.length; i++) {
        judged.add(pairs.get(i).judged(corrected[i], equivalent[i]));
      }
      return judged;
    }

    private static int runs(ConditionMaps of) {
      return of.placement().orElseThrow().indices().length;
    }

    /**
     * p that they are equal: not below that of a difference which these runs could show at most.
     */
    private double none(int runsOfA, int runsOfB) {
      return Math.max(PermutationTest.smallestP(runsOfA, runsOfB), pEquivalence.orElse(1));
    }

    /** The comparison before the correction. */
    private static EdgeComparison of(
        ConditionMaps first, ConditionMaps second, int family, SplitMix64 random) {
      double[] a = first.placement().orElseThrow().indices();
      double[] b = second.placement().orElseThrow().indices();
      TestResult test = PermutationTest.unpaired(a, b, Alternative.TWO_SIDED, DRAWS, random);
      OptionalDouble low = OptionalDouble.empty();
      OptionalDouble high = OptionalDouble.empty();
      OptionalDouble equivalence = OptionalDouble.empty();
      OptionalLong needed = OptionalLong.empty();
      if (a.length > 1 && b.length > 1) {
        Interval interval = edgeIndex(first).minus(edgeIndex(second)).interval();
        low = OptionalDouble.of(interval.low());
        high = OptionalDouble.of(interval.high());
        equivalence = OptionalDouble.of(Equivalence.unpaired(a, b, Placement.MARGIN).p());
        needed =
            RunsNeeded.more(
                Math.max(
                    Math.min(a.length, b.length),
                    BiasDecision.fewest(n -> PermutationTest.smallestP(n, n), family) - 1),
                RunsNeeded.corrected(family)
                    .toDecideTwoArms(sd(a, b), test.statistic(), Placement.MARGIN));
      }
      return new EdgeComparison(
          first.label(),
          second.label(),
          test.statistic(),
          low,
          high,
          test.p(),
          test.p(),
          EffectSize.a12(a, b),
          equivalence,
          "",
          needed);
    }

    /** The edge index with the interval that tables show beside it. */
    private static Estimate edgeIndex(ConditionMaps of) {
      EdgeBias bias = of.placement().orElseThrow().bias();
      double low = bias.ciLow().orElseThrow();
      double high = bias.ciHigh().orElseThrow();
      return new Estimate(bias.edgeIndex(), new Interval(low, high, LEVEL));
    }

    /** Pooled standard deviation of both arms: the root of their mean variance. */
    private static double sd(double[] a, double[] b) {
      double first = Summary.of(a).sd().orElse(0);
      double second = Summary.of(b).sd().orElse(0);
      return Math.sqrt((first * first + second * second) / 2);
    }

    private EdgeComparison judged(double corrected, double equivalent) {
      Verdict judged = Verdict.of(corrected, equivalent, BiasDecision.ALPHA);
      return new EdgeComparison(
          a,
          b,
          delta,
          ciLow,
          ciHigh,
          p,
          corrected,
          a12,
          pEquivalence,
          inWords(judged),
          judged == Verdict.UNDECIDED ? runsNeeded : OptionalLong.empty());
    }

    private static String inWords(Verdict verdict) {
      return switch (verdict) {
        case SUPPORTED -> "different";
        case NO_EFFECT -> "equivalent";
        default -> "undecided";
      };
    }
  }
}
