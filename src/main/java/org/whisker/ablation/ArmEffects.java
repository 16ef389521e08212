package org.whisker.ablation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Ratio;
import org.whisker.stats.Samples;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.Shaffer;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;

/** Estimates effects from runs: every comparison of an experiment by every measure. */
final class ArmEffects {
  static final double ALPHA = 0.05;
  static final int DRAWS = 9_999;
  private static final int FEWEST = 2;
  private static final double NO_BIAS = 0.5;

  private final Map<String, ArmRuns> arms = new LinkedHashMap<>();
  private final Function<String, RandomGenerator> random;

  /**
   * @param random gives the random stream of a name
   */
  ArmEffects(List<ArmRuns> arms, Function<String, RandomGenerator> random) {
    arms.forEach(runs -> this.arms.put(runs.arm().name(), runs));
    this.random = random;
  }

  /** The effects of each comparison by all its measures, with p corrected over the comparisons. */
  List<ArmEffect> of(List<ArmContrast> contrasts) {
    Map<String, List<Uncorrected>> families = new TreeMap<>();
    List<Uncorrected> all = new ArrayList<>();
    for (ArmContrast contrast : contrasts) {
      Level level = level(contrast);
      for (Measure measure : measures(contrast)) {
        Uncorrected draft = draft(contrast, measure, level);
        all.add(draft);
        families.computeIfAbsent(draft.family(), f -> new ArrayList<>()).add(draft);
      }
    }
    IdentityHashMap<Uncorrected, Corrected> corrected = new IdentityHashMap<>();
    families.values().forEach(family -> correct(family, corrected));
    return all.stream().map(d -> effect(d, Objects.requireNonNull(corrected.get(d)))).toList();
  }

  /** A flat fitness gives no p(target), so E at some p(target) and the gain are not known. */
  private List<Measure> measures(ArmContrast contrast) {
    return contrast.measures().stream().filter(m -> !isFlat(contrast) || !needsNetwork(m)).toList();
  }

  private static boolean needsNetwork(Measure m) {
    return m == Measure.GAIN || m == Measure.EDGE_INDEX_AT_GAIN || Measure.LEVELS.contains(m);
  }

  private boolean isFlat(ArmContrast contrast) {
    return arms(contrast).stream().anyMatch(runs -> runs.arm().isFlat());
  }

  private List<ArmRuns> arms(ArmContrast contrast) {
    return contrast.weights().keySet().stream()
        .flatMap(n -> Stream.ofNullable(arms.get(n)))
        .toList();
  }

  /**
   * What a comparison is decided by.
   *
   * @param enoughCats whether at least half of each arm's runs reached the p(target) of the measure
   */
  private record Level(Measure measure, boolean enoughCats) {}

  private Level level(ArmContrast contrast) {
    if (contrast.measure() != Measure.EDGE_INDEX || isFlat(contrast)) {
      return new Level(contrast.measure(), true);
    }
    return ArmRuns.level(arms(contrast))
        .map(measure -> new Level(measure, true))
        .orElse(new Level(Measure.EDGE_INDEX, false));
  }

  /**
   * The gain of the logit over white at which the arms of a comparison are compared: what takes the
   * control's empty canvas to the p(target) of the level, or less, so that at least half of the
   * runs of each arm reached it.
   */
  private OptionalDouble equalGain(ArmContrast contrast, Level level) {
    OptionalDouble reached =
        arms(contrast).stream().mapToDouble(ArmRuns::gainOfHalf).reduce(Math::min);
    OptionalDouble wanted = wantedGain(contrast, level.measure());
    double gain = Math.min(reached.orElse(0), wanted.orElse(Double.MAX_VALUE));
    return gain > 0 ? OptionalDouble.of(gain) : OptionalDouble.empty();
  }

  /** The experiment's control where the comparison has it, else the last arm of the comparison. */
  private ArmRuns control(ArmContrast contrast) {
    List<ArmRuns> own = arms(contrast);
    ArmRuns first = arms.values().iterator().next();
    return own.contains(first) ? first : own.get(own.size() - 1);
  }

  /**
   * Gain of the logit at which arms are compared; where white is as likely a cat, the images are
   * those of the level.
   */
  private OptionalDouble wantedGain(ArmContrast contrast, Measure level) {
    OptionalDouble bare = control(contrast).bareLogit();
    double logit =
        level == Measure.EDGE_INDEX_AT_TARGET
            ? arms(contrast).stream()
                .flatMapToDouble(runs -> runs.logitAtTarget().stream())
                .max()
                .orElse(0)
            : 0;
    return bare.isEmpty() ? bare : OptionalDouble.of(bare.getAsDouble() - logit);
  }

  /**
   * The p of a comparison after correction.
   *
   * @param family how many comparisons are corrected together
   */
  private record Corrected(Shaffer.Tests p, int family) {}

  private static void correct(
      List<Uncorrected> family, IdentityHashMap<Uncorrected, Corrected> corrected) {
    List<Shaffer.Tests> adjusted =
        Shaffer.adjust(
            family.stream().map(d -> new Shaffer.Tests(d.p(), d.pEquivalence())).toList());
    for (int i = 0; i < adjusted.size(); i++) {
      corrected.put(family.get(i), new Corrected(adjusted.get(i), family.size()));
    }
  }

  /** An effect before correction. */
  private record Uncorrected(
      ArmContrast contrast,
      Measure measure,
      Level level,
      List<Double> differences,
      OptionalDouble control,
      OptionalDouble treated,
      @Nullable Estimate delta,
      double p,
      OptionalDouble a12,
      OptionalDouble pEquivalence,
      OptionalDouble equalGain,
      int dropped) {
    boolean first() {
      return measure == level.measure();
    }

    OptionalDouble sd() {
      return differences.size() < FEWEST
          ? OptionalDouble.empty()
          : Summary.of(differences.stream().mapToDouble(Double::doubleValue).toArray()).sd();
    }

    /** What is corrected together: comparisons by one measure, those that predict nothing apart. */
    String family() {
      Measure of = first() ? contrast.measure() : measure;
      return of + " " + first() + " " + contrast.isDescriptive();
    }
  }

  private Uncorrected draft(ArmContrast contrast, Measure measure, Level level) {
    OptionalDouble gain =
        measure == Measure.EDGE_INDEX_AT_GAIN ? equalGain(contrast, level) : OptionalDouble.empty();
    PairedValues values = PairedValues.of(contrast, valueOf(measure, gain), arms);
    double[] differences = values.contrasts();
    int n = differences.length;
    RandomGenerator stream = random.apply(contrast.name() + " " + measure.label());
    boolean enough = n >= FEWEST;
    return new Uncorrected(
        contrast,
        measure,
        level,
        values.differences(),
        values.control(),
        values.treated(),
        enough ? estimate(contrast, measure, differences, stream) : null,
        enough ? SignFlipTest.of(differences, 0, Alternative.TWO_SIDED, DRAWS, stream).p() : 1,
        enough && contrast.isPair()
            ? OptionalDouble.of(EffectSize.a12(values.arm(0), values.arm(1)))
            : OptionalDouble.empty(),
        measure.margin().isPresent()
            ? Equivalence.ofEnough(differences, measure.margin().getAsDouble())
            : OptionalDouble.empty(),
        gain,
        values.dropped());
  }

  private static Function<ArmRun, OptionalDouble> valueOf(Measure measure, OptionalDouble gain) {
    return gain.isEmpty() ? measure::of : run -> Measure.edgeIndex(run.atGain(gain.getAsDouble()));
  }

  /**
   * Mean of the differences with its interval. Intervals of E against a fixed value, and of
   * differences of shares, stay within the values that these can have.
   */
  private static Estimate estimate(
      ArmContrast contrast, Measure measure, double[] differences, RandomGenerator stream) {
    if (contrast.isAgainstChance() && measure.isEdgeIndex()) {
      double from = -contrast.reference();
      Interval interval = BoundedInterval.within(from, from + 1).mean(differences, stream);
      return new Estimate(Summary.of(differences).mean(), interval);
    }
    double[] none = new double[differences.length];
    Estimate estimate =
        EffectSize.pairedDifference(differences, none, Bootstrap.standard(), stream);
    return contrast.isPair() && measure.isShare()
        ? new Estimate(
            estimate.value(),
            BoundedInterval.ofDifferences().orOwn(estimate.interval(), differences, stream))
        : estimate;
  }

  private ArmEffect effect(Uncorrected d, Corrected corrected) {
    @Nullable Decision decision = decision(d, corrected);
    double pCorrected = corrected.p().difference();
    return new ArmEffect(
        d.contrast,
        d.measure,
        d.first(),
        d.control,
        d.treated,
        d.delta,
        d.sd(),
        d.p,
        pCorrected,
        d.a12,
        d.pEquivalence,
        decision == null ? null : decision.verdict(),
        decision == null ? OptionalLong.empty() : decision.runsNeeded(),
        d.differences.size(),
        d.dropped,
        shareRemoved(d),
        d.equalGain,
        pCorrected <= ALPHA ? biasChange(d) : BiasChange.NONE);
  }

  /**
   * Null if the measure has no margin or nothing was predicted. Of a measure beside the one that
   * decides, only whether it differs is asked.
   */
  private static @Nullable Decision decision(Uncorrected d, Corrected corrected) {
    if (d.measure.margin().isEmpty() || d.contrast.isDescriptive()) {
      return null;
    }
    if (d.first() && !d.level.enoughCats()) {
      return Decision.of(Verdict.NOT_ENOUGH_TARGETS);
    }
    boolean predicts = d.delta != null && (d.first() || d.measure.isEdgeIndex());
    return Decision.of(
        predicts ? d.contrast.predicted() : Prediction.DIFFERS,
        corrected.p(),
        corrected.family(),
        ALPHA,
        new Decision.Sample(
            d.differences.size(),
            d.delta == null ? 0 : d.delta.value(),
            d.sd(),
            d.delta == null ? OptionalDouble.empty() : d.measure.margin()));
  }

  /** Defined only if the control is biased: its E differs significantly from ½. */
  private @Nullable Estimate shareRemoved(Uncorrected d) {
    boolean matches = d.contrast.predicted() == Prediction.MATCHES;
    if (!(isOfBias(d) || (matches && isEdgePair(d))) || !isBiased(d, 1)) {
      return null;
    }
    double[] removed = d.differences.stream().mapToDouble(each -> each).toArray();
    double[] bias = DoubleStream.of(values(d).arm(1)).map(e -> NO_BIAS - e).toArray();
    return Ratio.of(removed, bias, random.apply(d.contrast + " share of the bias"));
  }

  private BiasChange biasChange(Uncorrected d) {
    return isOfBias(d)
        ? BiasChange.of(
            d.control.orElseThrow() - NO_BIAS,
            d.treated.orElseThrow() - NO_BIAS,
            isBiased(d, 1),
            isBiased(d, 0))
        : BiasChange.NONE;
  }

  /**
   * Whether a comparison is of a treatment of the bias: where no difference is predicted, the other
   * arm is a null.
   */
  private static boolean isOfBias(Uncorrected d) {
    return isEdgePair(d) && !d.contrast.predicted().isOfNone();
  }

  private static boolean isEdgePair(Uncorrected d) {
    return d.measure.isEdgeIndex() && d.contrast.isPair() && d.delta != null;
  }

  private PairedValues values(Uncorrected d) {
    return PairedValues.of(d.contrast, valueOf(d.measure, d.equalGain), arms);
  }

  /** Whether E of an arm, by its place in the contrast, differs from ½ significantly. */
  private boolean isBiased(Uncorrected d, int arm) {
    double[] values = values(d).arm(arm);
    RandomGenerator stream = random.apply(d.contrast + (arm == 1 ? " bias" : " treated bias"));
    return SignFlipTest.of(values, NO_BIAS, Alternative.TWO_SIDED, DRAWS, stream).p() <= ALPHA;
  }

  /**
   * Values of arms paired by seed; if networks are trained, by the seed of their training. Seeds at
   * which an arm has no value are dropped and counted.
   */
  record PairedValues(ArmContrast contrast, List<double[]> rows, int dropped) {
    static PairedValues of(ArmContrast contrast, Measure measure, Map<String, ArmRuns> arms) {
      return of(contrast, measure::of, arms);
    }

    static PairedValues of(
        ArmContrast contrast, Function<ArmRun, OptionalDouble> measure, Map<String, ArmRuns> arms) {
      List<SortedMap<Long, OptionalDouble>> bySeed = new ArrayList<>();
      for (String name : contrast.weights().keySet()) {
        ArmRuns runs = arms.get(name);
        if (runs == null) {
          throw new IllegalArgumentException("there is no arm " + name);
        }
        bySeed.add(runs.units(measure));
      }
      TreeSet<Long> seeds = new TreeSet<>(bySeed.get(0).keySet());
      bySeed.forEach(values -> seeds.retainAll(values.keySet()));
      List<double[]> rows = new ArrayList<>();
      for (long seed : seeds) {
        List<OptionalDouble> row = bySeed.stream().map(values -> values.get(seed)).toList();
        if (row.stream().allMatch(OptionalDouble::isPresent)) {
          rows.add(row.stream().mapToDouble(OptionalDouble::getAsDouble).toArray());
        }
      }
      return new PairedValues(contrast, rows, seeds.size() - rows.size());
    }

    /** The weighted sum minus the reference, for each seed. */
    double[] contrasts() {
      double[] weights =
          contrast.weights().values().stream().mapToDouble(Double::doubleValue).toArray();
      return rows.stream()
          .mapToDouble(row -> Samples.weightedSum(weights, row) - contrast.reference())
          .toArray();
    }

    List<Double> differences() {
      return DoubleStream.of(contrasts()).boxed().toList();
    }

    /** The values of the {@code i}-th arm of the contrast. */
    double[] arm(int i) {
      return rows.stream().mapToDouble(row -> row[i]).toArray();
    }

    OptionalDouble treated() {
      return contrast.isPair() || contrast.isAgainstChance()
          ? DoubleStream.of(arm(0)).average()
          : OptionalDouble.empty();
    }

    OptionalDouble control() {
      return contrast.isPair()
          ? DoubleStream.of(arm(1)).average()
          : contrast.isAgainstChance()
              ? OptionalDouble.of(contrast.reference())
              : OptionalDouble.empty();
    }
  }
}
