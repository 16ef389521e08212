package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.stats.Verdict;

/** A made-up finding, changed value by value. */
public record MadeTest(
    Question question,
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
    OptionalLong needed) {
  public MadeTest(Question question) {
    this(
        question,
        "model-a",
        "treated − control",
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
        OptionalLong.empty());
  }

  public MadeTest on(String other) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest effect(double value) {
    return new MadeTest(
        question,
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
        needed);
  }

  /** E itself, held against ½. */
  public MadeTest edgeIndex(double value) {
    return new MadeTest(
        question,
        model,
        "evolved − chance",
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
        needed);
  }

  public MadeTest interval(double from, double to) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest equivalence(double value) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest verdict(Verdict other) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest share(double value) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest runs(int count) {
    return new MadeTest(
        question,
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
        needed);
  }

  public MadeTest needing(long count) {
    return new MadeTest(
        question,
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
        OptionalLong.of(count));
  }

  public HypothesisTest test() {
    return new HypothesisTest(
        question.id(),
        model,
        question.id(),
        comparison,
        statistic,
        nothing,
        OptionalDouble.of(effect),
        OptionalDouble.of(Math.min(low, effect)),
        OptionalDouble.of(Math.max(high, effect)),
        OptionalDouble.of(p / 10),
        OptionalDouble.of(p),
        OptionalDouble.of(pEquivalence),
        margin,
        Optional.of(verdict),
        share,
        runs,
        needed,
        "");
  }
}
