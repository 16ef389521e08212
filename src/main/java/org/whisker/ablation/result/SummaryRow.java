package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.io.Decimals;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * A row of the {@value #FILE} of all experiments: a comparison by its decisive measure (see {@link
 * EffectRow}), or an observation (see {@link ObservationRow}). Shared columns have the units given
 * there.
 */
public record SummaryRow(
    @Column(meaning = "the hypothesis that the experiment tests") String hypothesis,
    String experiment,
    String model,
    String comparison,
    String against,
    @Column(meaning = "measure of runs, or the kind of the observed statistic") String measure,
    Tested tested,
    @Column(unit = "share") OptionalDouble shareRemoved,
    @Column(meaning = "number of pairs compared, or of runs that have a value") int runs,
    Reached reached,
    @Nullable Levels levels) {
  public static final String FILE = "summary.csv";
  public static final Table<SummaryRow> TABLE = Table.of(SummaryRow.class, FILE);

  /** The verdict; beside an interval that excludes 0, also why it is undecided. */
  public String shownVerdict() {
    return ShownVerdict.of(
        tested.verdict, tested.ciLow, tested.ciHigh, tested.pValue, tested.pShaffer, runs);
  }

  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final String INTERACTION = "interaction";

  /** The rows of all experiments: for each, its comparisons followed by its observations. */
  public static List<SummaryRow> of(List<AblationResult> results) {
    double[] corrected =
        Holm.adjust(
            DoubleStream.concat(
                    results.stream().flatMap(r -> r.first().stream()).mapToDouble(ArmEffect::p),
                    results.stream()
                        .flatMap(r -> r.observations().stream())
                        .mapToDouble(Observation::p))
                .toArray());
    int next = 0;
    int nextObserved = results.stream().mapToInt(r -> r.first().size()).sum();
    List<SummaryRow> rows = new ArrayList<>();
    for (AblationResult result : results) {
      for (ArmEffect effect : result.first()) {
        rows.add(of(result, effect, corrected[next++]));
      }
      for (Observation observation : result.observations()) {
        rows.add(of(result, observation, corrected[nextObserved++]));
      }
    }
    return rows;
  }

  private static SummaryRow of(AblationResult result, ArmEffect e, double pAll) {
    EffectRow row = EffectRow.of(e);
    return new SummaryRow(
        result.ablation().hypothesis(),
        result.ablation().id(),
        result.model(),
        row.comparison(),
        row.against(),
        row.measure(),
        Tested.of(row, e.delta() == null ? NONE : OptionalDouble.of(pAll)),
        row.shareRemoved(),
        row.seeds(),
        Reached.of(arm(result, e, e.contrast().against()), arm(result, e, e.contrast().name())),
        Levels.of(result, e));
  }

  private static SummaryRow of(AblationResult result, Observation o, double pAll) {
    ObservationRow row = ObservationRow.of(o);
    return new SummaryRow(
        result.ablation().hypothesis(),
        result.ablation().id(),
        result.model(),
        row.observed(),
        row.against(),
        row.statistic(),
        Tested.of(row, o.verdict() == null ? NONE : OptionalDouble.of(pAll)),
        NONE,
        row.runs(),
        Reached.of(result.arms().get(0), null),
        null);
  }

  private static @Nullable ArmRuns arm(AblationResult result, ArmEffect e, String name) {
    return e.contrast().weights().containsKey(name) ? result.arm(name).orElse(null) : null;
  }

  /** The comparison in a readable form. */
  public String label() {
    return against.equals(INTERACTION)
        ? INTERACTION + " " + comparison
        : shown(comparison + ArmContrast.MINUS + against);
  }

  /** A comparison as tables name it, for people; what is held against nothing stands alone. */
  public static String shown(String comparison) {
    String alone = ArmContrast.MINUS + Observation.NOTHING;
    return comparison.endsWith(alone)
        ? comparison.substring(0, comparison.length() - alone.length())
        : comparison.replace(ArmContrast.MINUS, " \u2212 ");
  }

  /** Whether the treated arm involves no network. */
  public boolean isFlat() {
    return comparison.startsWith(ArmRow.FLAT);
  }

  /** What a comparison or an observation came to; cells are empty where it has no value. */
  public record Tested(
      OptionalDouble controlMean,
      OptionalDouble treatedMean,
      @Column(meaning = "treated minus control, or the observed mean minus its null value")
          OptionalDouble effect,
      OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(unit = "probability") OptionalDouble pValue,
      @Column(
              unit = "probability",
              meaning =
                  "p-value corrected by Shaffer's method within the experiment, which decides the verdict")
          OptionalDouble pShaffer,
      @Column(
              unit = "probability",
              meaning = "p-value corrected by Holm's method over all rows of the table")
          OptionalDouble pHolmAll,
      @Column(unit = "probability") OptionalDouble pEquivalence,
      @Column(meaning = VerdictAnswer.MEANING) String verdict,
      OptionalLong runsNeeded) {
    private static Tested of(EffectRow row, OptionalDouble pAll) {
      return new Tested(
          row.controlMean(),
          row.treatedMean(),
          row.difference(),
          row.ciLow(),
          row.ciHigh(),
          row.pValue(),
          row.pShaffer(),
          pAll,
          row.pEquivalence(),
          row.verdict(),
          row.runsNeeded());
    }

    /** Without a p where there is no verdict. */
    private static Tested of(ObservationRow row, OptionalDouble pAll) {
      return new Tested(
          NONE,
          NONE,
          OptionalDouble.of(row.effect()),
          row.ciLow(),
          row.ciHigh(),
          pAll.isPresent() ? row.pValue() : NONE,
          pAll.isPresent() ? row.pShaffer() : NONE,
          pAll,
          row.pEquivalence(),
          row.verdict(),
          row.runsNeeded());
    }
  }

  /** What the searches of both arms reached; cells are empty for an arm that asks no network. */
  public record Reached(
      @Column(
              unit = "share",
              meaning = "share of the control's runs whose p(target) reached the target")
          OptionalDouble successControl,
      @Column(unit = "share") OptionalDouble successTreated,
      @Column(
              value = "p_target_control",
              unit = "probability",
              meaning = "mean p(target) of the control's final images")
          OptionalDouble catControl,
      @Column(value = "p_target_treated", unit = "probability") OptionalDouble catTreated,
      @Column(unit = "px", meaning = "mean number of black pixels of these images")
          OptionalDouble pixelsControl,
      @Column(unit = "px") OptionalDouble pixelsTreated,
      @Column(
              value = "bare_p_target_control",
              unit = "probability",
              meaning = "p(target) of the control's empty canvas")
          OptionalDouble bareControl,
      @Column(value = "bare_p_target_treated", unit = "probability") OptionalDouble bareTreated) {
    private static Reached of(@Nullable ArmRuns control, @Nullable ArmRuns treated) {
      return new Reached(
          mean(control, Measure.SUCCESS),
          mean(treated, Measure.SUCCESS),
          mean(control, Measure.P_TARGET),
          mean(treated, Measure.P_TARGET),
          mean(control, Measure.PIXELS),
          mean(treated, Measure.PIXELS),
          control == null ? NONE : control.bareCatProbability(),
          treated == null ? NONE : treated.bareCatProbability());
    }

    private static OptionalDouble mean(@Nullable ArmRuns arm, Measure measure) {
      return arm == null || arm.arm().isFlat() ? NONE : arm.mean(measure);
    }
  }

  /**
   * The difference of E at every level of a comparison, side by side, since E goes with p(target):
   * at p(target) ½, at the target, at equal gain of the logit over white, and at the end. Empty
   * where a level has fewer than two pairs.
   *
   * @param equalGain the gain at which arms are compared, see {@link ArmEffect#equalGain}
   */
  public record Levels(
      @Column(meaning = "difference of E of the first images at p(target) ½")
          OptionalDouble effectAtHalf,
      @Column(meaning = "number of pairs that it is of") int pairsAtHalf,
      @Column(meaning = "difference of E of the first images at the target")
          OptionalDouble effectAtTarget,
      @Column(meaning = "number of pairs that it is of") int pairsAtTarget,
      @Column(
              unit = "logit",
              meaning =
                  "gain of the logit over white that takes the control to the p(target) of the "
                      + "comparison, or what half of the runs of each arm reached")
          OptionalDouble equalGain,
      @Column(meaning = "difference of E of the first images with that gain")
          OptionalDouble effectAtGain,
      @Column(meaning = "number of pairs that it is of") int pairsAtGain,
      @Column(meaning = "difference of E of the final images") OptionalDouble effectAtEnd,
      @Column(meaning = "number of pairs that it is of") int pairsAtEnd,
      @Column(
              unit = "logit",
              meaning = "gain of the control's final images over white, mean over the pairs")
          OptionalDouble gainControl,
      @Column(
              unit = "logit",
              meaning = "gain of the treated arm's final images over white, mean over the pairs")
          OptionalDouble gainTreated) {
    /** Null where E is not what is compared, or no network was asked. */
    static @Nullable Levels of(AblationResult result, ArmEffect effect) {
      Map<Measure, ArmEffect> by = new EnumMap<>(Measure.class);
      result.effects().stream()
          .filter(e -> e.contrast().equals(effect.contrast()))
          .forEach(e -> by.put(e.measure(), e));
      ArmEffect half = by.get(Measure.EDGE_INDEX_AT_HALF);
      ArmEffect target = by.get(Measure.EDGE_INDEX_AT_TARGET);
      ArmEffect equal = by.get(Measure.EDGE_INDEX_AT_GAIN);
      ArmEffect end = by.get(Measure.EDGE_INDEX);
      ArmEffect gain = by.get(Measure.GAIN);
      if (half == null || target == null || equal == null || end == null || gain == null) {
        return null;
      }
      return new Levels(
          delta(half),
          half.seeds(),
          delta(target),
          target.seeds(),
          equal.equalGain(),
          delta(equal),
          equal.seeds(),
          delta(end),
          end.seeds(),
          gain.control(),
          gain.treated());
    }

    private static OptionalDouble delta(ArmEffect e) {
      Estimate delta = e.delta();
      return delta == null ? NONE : OptionalDouble.of(delta.value());
    }
  }

  /** A row of {@value #FILE}: an experiment that is not applicable to a model. */
  public record SkippedRow(
      String experiment, String model, @Column(meaning = "why, in one line") String reason) {
    public static final String FILE = "skipped.csv";
    public static final Table<SkippedRow> TABLE = Table.of(SkippedRow.class, FILE);
  }

  /** A verdict as it stands beside its interval. */
  static final class ShownVerdict {
    private static final double ALPHA = 0.05;

    private ShownVerdict() {}

    /**
     * The verdict and, where an interval that excludes 0 stands beside "undecided", why: so few
     * runs can't have a smaller p, or the interval is not corrected for the other comparisons.
     *
     * @param p uncorrected
     * @param runs number of runs (or trained networks)
     */
    static String of(
        String verdict,
        OptionalDouble low,
        OptionalDouble high,
        OptionalDouble p,
        OptionalDouble pCorrected,
        int runs) {
      boolean excludes = low.orElse(0) > 0 || high.orElse(0) < 0;
      if (!verdict.equals(Verdict.UNDECIDED.label()) || !excludes) {
        return VerdictAnswer.find(verdict).map(VerdictAnswer::words).orElse(verdict);
      }
      return SignFlipTest.isSmallest(p.orElse(0), runs)
          ? Text.of("%s: %d runs can't reach p %s", verdict, runs, ALPHA)
          : "%s: p %s, corrected".formatted(verdict, Decimals.probability(pCorrected.orElse(1)));
    }
  }
}
