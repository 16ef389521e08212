package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Interval;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Shaffer;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Summary;
import org.whisker.stats.Verdict;

/**
 * What evolved images show without another arm: one statistic against its null value.
 *
 * @param name what is measured
 * @param against what the effect is 0 for
 * @param statistic its kind, in a word
 * @param predicted what the hypothesis says of the effect
 * @param effect the mean over runs, less the null value
 * @param interval 95 %; null where runs have no values of their own, or there is one run
 * @param p two-sided unless the statistic says otherwise
 * @param pHolm corrected for all observations of the experiment
 * @param pEquivalence that the effect lies within the margin (TOST); empty without a margin
 * @param margin fixed beforehand; empty where there is none
 * @param verdict on the hypothesis; null without runs enough
 * @param runsNeeded to decide, where undecided and known
 * @param runs that have a value
 * @param dropped runs that have none
 */
public record Observation(
    String name,
    String against,
    String statistic,
    Prediction predicted,
    double effect,
    @Nullable Interval interval,
    double p,
    double pHolm,
    OptionalDouble pEquivalence,
    OptionalDouble margin,
    @Nullable Verdict verdict,
    OptionalLong runsNeeded,
    int runs,
    int dropped) {
  private static final int FEWEST = 2;

  /** An observation before the correction for the others. */
  public record Uncorrected(
      String name,
      String against,
      String statistic,
      Prediction predicted,
      double effect,
      @Nullable Interval interval,
      double p,
      OptionalDouble pEquivalence,
      OptionalDouble margin,
      OptionalDouble sd,
      int runs,
      int dropped) {
    /**
     * Of a value a run that is 0 under the null hypothesis: the mean, tested by sign flips, and by
     * TOST within {@code margin}.
     *
     * @param dropped runs without a value
     */
    public static Uncorrected mean(
        String name,
        String against,
        String statistic,
        Prediction predicted,
        double[] values,
        double margin,
        int dropped,
        RandomGenerator random) {
      boolean enough = values.length >= FEWEST;
      Summary summary = values.length == 0 ? Summary.of(0) : Summary.of(values);
      return new Uncorrected(
          name,
          against,
          statistic,
          predicted,
          summary.mean(),
          enough ? Bootstrap.standard().mean(values, random) : null,
          enough
              ? SignFlipTest.of(values, 0, Alternative.TWO_SIDED, ArmEffects.DRAWS, random).p()
              : 1,
          enough
              ? OptionalDouble.of(Equivalence.oneSample(values, 0, margin).p())
              : OptionalDouble.empty(),
          OptionalDouble.of(margin),
          enough ? summary.sd() : OptionalDouble.empty(),
          values.length,
          dropped);
    }

    /** The same with the p of another test. */
    public Uncorrected withP(double other) {
      return new Uncorrected(
          name,
          against,
          statistic,
          predicted,
          effect,
          interval,
          other,
          pEquivalence,
          margin,
          sd,
          runs,
          dropped);
    }

    private Observation corrected(Shaffer.Tests corrected) {
      double pHolm = corrected.difference();
      @Nullable Verdict verdict =
          runs < FEWEST
              ? null
              : predicted.verdict(pHolm, corrected.equivalence(), ArmEffects.ALPHA, effect);
      return new Observation(
          name,
          against,
          statistic,
          predicted,
          effect,
          interval,
          p,
          pHolm,
          pEquivalence,
          margin,
          verdict,
          verdict == Verdict.UNDECIDED ? runsNeeded() : OptionalLong.empty(),
          runs,
          dropped);
    }

    private OptionalLong runsNeeded() {
      return margin.isEmpty()
          ? OptionalLong.empty()
          : RunsNeeded.standard().forVerdict(sd, margin.getAsDouble());
    }
  }

  /** The same, of images of which too few are cats: a verdict that there was is none. */
  Observation withoutCats() {
    return new Observation(
        name,
        against,
        statistic,
        predicted,
        effect,
        interval,
        p,
        pHolm,
        pEquivalence,
        margin,
        verdict == null ? null : Verdict.NOT_ENOUGH_CATS,
        OptionalLong.empty(),
        runs,
        dropped);
  }

  /** The observations of one experiment, their p corrected for each other. */
  public static List<Observation> corrected(List<Uncorrected> drafts) {
    List<Shaffer.Tests> corrected =
        Shaffer.adjust(
            drafts.stream().map(d -> new Shaffer.Tests(d.p(), d.pEquivalence())).toList());
    return IntStream.range(0, drafts.size())
        .mapToObj(i -> drafts.get(i).corrected(corrected.get(i)))
        .toList();
  }
}
