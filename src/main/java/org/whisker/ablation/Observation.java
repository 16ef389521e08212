package org.whisker.ablation;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.option.Records;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.Shaffer;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;

/**
 * One statistic of the control's evolved images against its null value.
 *
 * @param name name of the quantity
 * @param against null hypothesis, under which the effect is 0
 * @param statistic kind of statistic, in a word or two
 * @param predicted prediction of the hypothesis
 * @param effect mean over runs minus the null value
 * @param interval 95 % interval of the effect; null if runs have no individual values, or there is
 *     one run
 * @param sd standard deviation of the runs' values; empty if they have none of their own
 * @param p p-value, two-sided unless stated otherwise by the statistic
 * @param pShaffer p corrected (Shaffer) over the observations of the experiment, those without a
 *     prediction separately
 * @param pEquivalence p of the equivalence test (TOST) within the margin; empty without a margin
 * @param margin equivalence margin, fixed beforehand; empty if there is none
 * @param verdict on the hypothesis; null with too few runs or without a prediction
 * @param runsNeeded estimated number of runs for a decision, if undecided and known
 * @param runs number of runs with a value
 * @param dropped number of runs without one
 */
public record Observation(
    String name,
    String against,
    String statistic,
    Prediction predicted,
    double effect,
    @Nullable Interval interval,
    OptionalDouble sd,
    double p,
    double pShaffer,
    OptionalDouble pEquivalence,
    OptionalDouble margin,
    @Nullable Verdict verdict,
    OptionalLong runsNeeded,
    int runs,
    int dropped) {
  /** What a quantity is held against that has no other to be held against. */
  public static final String NOTHING = "none";

  private static final int FEWEST = 2;

  /** An observation before the correction for multiple tests. */
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
     * The mean of one value per run that is 0 under the null hypothesis, tested by sign flips and
     * by TOST within {@code margin}.
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
          Equivalence.ofEnough(values, margin),
          OptionalDouble.of(margin),
          enough ? summary.sd() : OptionalDouble.empty(),
          values.length,
          dropped);
    }

    /** What was counted once, completely, and is no sample: it has no interval and no p. */
    public static Uncorrected counted(String name, String statistic, double value) {
      OptionalDouble none = OptionalDouble.empty();
      return new Uncorrected(
          name, NOTHING, statistic, Prediction.NOTHING, value, null, 1, none, none, none, 1, 0);
    }

    /** Whether nothing is predicted, so that there is no verdict. */
    private boolean isDescriptive() {
      return predicted == Prediction.NOTHING;
    }

    /** A copy whose interval stays within −1 to 1, where all values lie. */
    public Uncorrected ofDifferences(double[] values, RandomGenerator random) {
      return interval == null
          ? this
          : Records.changed(this, Uncorrected::interval)
              .to(BoundedInterval.ofDifferences().orOwn(interval, values, random));
    }

    /**
     * A copy with the p of a test that moves all runs at once, or places of the network: the spread
     * of the runs does not say how many of them would decide it.
     */
    public Uncorrected withP(double other) {
      return Records.changed(this, Uncorrected::p, Uncorrected::sd)
          .to(other, OptionalDouble.empty());
    }

    private Observation corrected(Shaffer.Tests corrected, int family) {
      double pShaffer = corrected.difference();
      @Nullable Decision decision =
          runs < FEWEST || isDescriptive()
              ? null
              : Decision.of(
                  predicted,
                  corrected,
                  family,
                  ArmEffects.ALPHA,
                  new Decision.Sample(runs, effect, sd, margin));
      return new Observation(
          name,
          against,
          statistic,
          predicted,
          effect,
          interval,
          sd,
          p,
          pShaffer,
          pEquivalence,
          margin,
          decision == null ? null : decision.verdict(),
          decision == null ? OptionalLong.empty() : decision.runsNeeded(),
          runs,
          dropped);
    }
  }

  /** Turns a verdict, if there is one, into that of too few images classified as cat. */
  Observation withoutCats() {
    return with(verdict == null ? null : Verdict.NOT_ENOUGH_TARGETS);
  }

  /** Returns this observation with {@code p} as the p-value of its equivalence test. */
  public Observation withEquivalence(OptionalDouble p) {
    return Records.changed(this, Observation::pEquivalence).to(p);
  }

  Observation withoutVerdict() {
    return with(null);
  }

  private Observation with(@Nullable Verdict other) {
    return Records.changed(this, Observation::verdict, Observation::runsNeeded)
        .to(other, OptionalLong.empty());
  }

  /**
   * The observations of one experiment in their order. The p of those with a prediction are
   * corrected together, and so are the p of those without. Whatever has fewer than two units has no
   * p, and is none of the tests that are corrected for.
   */
  public static List<Observation> corrected(List<Uncorrected> drafts) {
    IdentityHashMap<Uncorrected, Observation> corrected = new IdentityHashMap<>();
    drafts.stream()
        .collect(Collectors.groupingBy(Family::of))
        .values()
        .forEach(family -> correct(family, corrected));
    return drafts.stream().map(d -> Objects.requireNonNull(corrected.get(d))).toList();
  }

  private record Family(boolean descriptive, boolean tested) {
    static Family of(Uncorrected draft) {
      return new Family(draft.isDescriptive(), draft.runs() >= FEWEST);
    }
  }

  private static void correct(
      List<Uncorrected> family, IdentityHashMap<Uncorrected, Observation> corrected) {
    List<Shaffer.Tests> p =
        Shaffer.adjust(
            family.stream().map(d -> new Shaffer.Tests(d.p(), d.pEquivalence())).toList());
    for (int i = 0; i < family.size(); i++) {
      corrected.put(family.get(i), family.get(i).corrected(p.get(i), family.size()));
    }
  }
}
