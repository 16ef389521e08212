package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.ablation.BiasChange;
import org.whisker.stats.Verdict;

/** A made-up finding, changed value by value. */
public record MadeTest(
    String hypothesis,
    String model,
    String comparison,
    String statistic,
    double nothing,
    double effect,
    double low,
    double high,
    double p,
    double pEquivalence,
    OptionalDouble margin,
    Verdict verdict,
    OptionalDouble share,
    int runs,
    OptionalLong needed,
    Optional<CatCounts> cats,
    Optional<GainTest> gain,
    BiasChange change) {
  public MadeTest(String hypothesis) {
    this(
        hypothesis,
        "model-a",
        "treated - control",
        "edge_index",
        0,
        0.1,
        0.05,
        0.15,
        0.004,
        0.9,
        OptionalDouble.of(0.05),
        Verdict.SUPPORTED,
        OptionalDouble.empty(),
        10,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        BiasChange.NONE);
  }

  public MadeTest on(String other) {
    return new MadeTest(
        hypothesis,
        other,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest effect(double value) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        value,
        value - 0.05,
        value + 0.05,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  /** E itself, held against ½. */
  public MadeTest edgeIndex(double value) {
    return new MadeTest(
        hypothesis,
        model,
        "evolved - chance",
        statistic,
        0.5,
        value,
        value - 0.05,
        value + 0.05,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest interval(double from, double to) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        from,
        to,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest p(double value) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        value,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest equivalence(double value) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        value,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest verdict(Verdict other) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        other,
        share,
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest share(double value) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        OptionalDouble.of(value),
        runs,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest runs(int count) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        count,
        needed,
        cats,
        gain,
        change);
  }

  public MadeTest needing(long count) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        OptionalLong.of(count),
        cats,
        gain,
        change);
  }

  /** Compared at that p(cat), which so many of 10 runs reached in both arms; NaN: not enough. */
  public MadeTest cats(double level, int reached) {
    OptionalDouble at = Double.isNaN(level) ? OptionalDouble.empty() : OptionalDouble.of(level);
    OptionalInt treated = nothing == 0 ? OptionalInt.of(reached) : OptionalInt.empty();
    OptionalInt all = nothing == 0 ? OptionalInt.of(10) : OptionalInt.empty();
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        Optional.of(new CatCounts(at, reached, 10, treated, all)),
        gain,
        change);
  }

  /** Mean gain of both arms of 10 runs, and how many treated runs ended white. */
  public MadeTest gain(double control, double treated, int white) {
    double delta = treated - control;
    GainTest made =
        new GainTest(
            control,
            treated,
            delta,
            OptionalDouble.of(delta - 0.1),
            OptionalDouble.of(delta + 0.1),
            0.001,
            0.01,
            0,
            white);
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        Optional.of(made),
        change);
  }

  public MadeTest change(BiasChange other) {
    return new MadeTest(
        hypothesis,
        model,
        comparison,
        statistic,
        nothing,
        effect,
        low,
        high,
        p,
        pEquivalence,
        margin,
        verdict,
        share,
        runs,
        needed,
        cats,
        gain,
        other);
  }

  public Finding test() {
    return new Finding(
        hypothesis,
        model,
        hypothesis,
        comparison,
        statistic,
        OptionalDouble.of(nothing),
        new Finding.Estimated(
            OptionalDouble.of(effect),
            OptionalDouble.of(Math.min(low, effect)),
            OptionalDouble.of(Math.max(high, effect))),
        new Finding.PValues(
            OptionalDouble.of(p / 10),
            OptionalDouble.of(p),
            OptionalDouble.of(pEquivalence),
            OptionalDouble.of(pEquivalence)),
        margin,
        verdict,
        share,
        change,
        OptionalInt.of(runs),
        needed,
        cats.orElse(null),
        gain.orElse(null),
        "");
  }
}
