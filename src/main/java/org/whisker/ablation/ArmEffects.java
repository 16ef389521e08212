package org.whisker.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Summary;
import org.whisker.stats.Verdict;

/** From runs to effects: every comparison of an experiment by every measure. */
final class ArmEffects {
  static final double ALPHA = 0.05;
  static final int DRAWS = 9_999;
  private static final int FEWEST = 2;

  private final Map<String, ArmRuns> arms = new LinkedHashMap<>();
  private final Function<String, RandomGenerator> random;

  /**
   * @param random a stream of its own for each name
   */
  ArmEffects(List<ArmRuns> arms, Function<String, RandomGenerator> random) {
    arms.forEach(runs -> this.arms.put(runs.arm().name(), runs));
    this.random = random;
  }

  /** Comparison by comparison, each by all its measures; p corrected over the comparisons. */
  List<ArmEffect> of(List<ArmContrast> contrasts) {
    Map<String, List<Uncorrected>> families = new TreeMap<>();
    for (ArmContrast contrast : contrasts) {
      for (Measure measure : contrast.measures()) {
        families
            .computeIfAbsent(measure + " " + contrast.isDescriptive(), m -> new ArrayList<>())
            .add(draft(contrast, measure));
      }
    }
    Map<Uncorrected, Double> corrected = new LinkedHashMap<>();
    families.values().forEach(family -> correct(family, corrected));
    List<ArmEffect> effects = new ArrayList<>();
    for (ArmContrast contrast : contrasts) {
      for (Measure measure : contrast.measures()) {
        corrected.forEach(
            (draft, pHolm) -> {
              if (draft.measure == measure && draft.contrast.equals(contrast)) {
                effects.add(effect(draft, pHolm));
              }
            });
      }
    }
    return effects;
  }

  private static void correct(List<Uncorrected> family, Map<Uncorrected, Double> corrected) {
    double[] p = Holm.adjust(family.stream().mapToDouble(Uncorrected::p).toArray());
    for (int i = 0; i < p.length; i++) {
      corrected.put(family.get(i), p[i]);
    }
  }

  /** An effect before correction. */
  private record Uncorrected(
      ArmContrast contrast,
      Measure measure,
      List<Double> differences,
      OptionalDouble control,
      OptionalDouble treated,
      @Nullable Estimate delta,
      double p,
      OptionalDouble a12,
      OptionalDouble pEquivalence,
      int dropped) {}

  private Uncorrected draft(ArmContrast contrast, Measure measure) {
    PairedValues values = PairedValues.of(contrast, measure, arms);
    double[] differences = values.contrasts();
    int n = differences.length;
    RandomGenerator stream = random.apply(contrast.name() + " " + measure.label());
    boolean enough = n >= FEWEST;
    return new Uncorrected(
        contrast,
        measure,
        values.differences(),
        values.control(),
        values.treated(),
        enough ? estimate(differences, stream) : null,
        enough ? SignFlipTest.of(differences, 0, Alternative.TWO_SIDED, DRAWS, stream).p() : 1,
        enough && contrast.isPair()
            ? OptionalDouble.of(EffectSize.a12(values.arm(0), values.arm(1)))
            : OptionalDouble.empty(),
        enough && measure.margin().isPresent()
            ? OptionalDouble.of(
                Equivalence.oneSample(differences, 0, measure.margin().getAsDouble()).p())
            : OptionalDouble.empty(),
        values.dropped());
  }

  private static Estimate estimate(double[] differences, RandomGenerator stream) {
    double[] none = new double[differences.length];
    return EffectSize.pairedDifference(differences, none, Bootstrap.standard(), stream);
  }

  private ArmEffect effect(Uncorrected d, double pHolm) {
    @Nullable Verdict verdict = verdict(d, pHolm);
    return new ArmEffect(
        d.contrast,
        d.measure,
        d.control,
        d.treated,
        d.delta,
        d.p,
        pHolm,
        d.a12,
        d.pEquivalence,
        verdict,
        verdict == Verdict.UNDECIDED ? runsNeeded(d) : OptionalLong.empty(),
        d.differences.size(),
        d.dropped,
        shareRemoved(d));
  }

  /** None where the measure has no margin, or nothing was predicted. */
  private static @Nullable Verdict verdict(Uncorrected d, double pHolm) {
    if (d.measure.margin().isEmpty() || d.contrast.isDescriptive()) {
      return null;
    }
    return d.delta != null && d.measure == d.contrast.measure()
        ? d.contrast.predicted().verdict(pHolm, d.pEquivalence, ALPHA, d.delta.value())
        : Verdict.of(pHolm, d.pEquivalence.orElse(1), ALPHA);
  }

  private static OptionalLong runsNeeded(Uncorrected d) {
    int runs = d.differences.size();
    if (runs < FEWEST) {
      return OptionalLong.empty();
    }
    OptionalDouble sd =
        Summary.of(d.differences.stream().mapToDouble(Double::doubleValue).toArray()).sd();
    OptionalLong needed = RunsNeeded.standard().forVerdict(sd, d.measure.margin().orElseThrow());
    // as many as there are were not enough: the effect lies near the margin
    return needed.isEmpty() || needed.getAsLong() > runs ? needed : OptionalLong.of(2L * runs);
  }

  /** Only of a bias that is there: E of the control differs from ½ significantly. */
  private OptionalDouble shareRemoved(Uncorrected d) {
    if (d.measure != Measure.EDGE_INDEX || !d.contrast.isPair() || d.delta == null) {
      return OptionalDouble.empty();
    }
    double before = Math.abs(d.control.orElseThrow() - 0.5);
    double after = Math.abs(d.treated.orElseThrow() - 0.5);
    double[] control = PairedValues.of(d.contrast, d.measure, arms).arm(1);
    double p =
        SignFlipTest.of(
                control, 0.5, Alternative.TWO_SIDED, DRAWS, random.apply(d.contrast + " bias"))
            .p();
    return p > ALPHA ? OptionalDouble.empty() : OptionalDouble.of((before - after) / before);
  }
}
