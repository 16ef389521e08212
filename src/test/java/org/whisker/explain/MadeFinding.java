package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.whisker.ablation.BiasChange;
import org.whisker.stats.Verdict;

/** A made-up finding, changed value by value; one that is changed stays as it was. */
public final class MadeFinding {
  private final List<Consumer<Values>> changes;

  public MadeFinding(String hypothesis) {
    this(List.of(values -> values.hypothesis = hypothesis));
  }

  private MadeFinding(List<Consumer<Values>> changes) {
    this.changes = changes;
  }

  private static final class Values {
    String hypothesis = "";
    String model = "model-a";
    String comparison = "treated - control";
    double nothing;
    double effect = 0.1;
    double low = 0.05;
    double high = 0.15;
    double p = 0.004;
    double pEquivalence = 0.9;
    Verdict verdict = Verdict.SUPPORTED;
    OptionalDouble share = OptionalDouble.empty();
    int runs = 10;
    OptionalLong needed = OptionalLong.empty();
    Optional<CatCounts> cats = Optional.empty();
    Optional<GainTest> gain = Optional.empty();
    BiasChange change = BiasChange.NONE;

    void around(double value) {
      effect = value;
      low = value - 0.05;
      high = value + 0.05;
    }
  }

  private MadeFinding with(Consumer<Values> change) {
    List<Consumer<Values>> all = new ArrayList<>(changes);
    all.add(change);
    return new MadeFinding(all);
  }

  public MadeFinding on(String model) {
    return with(values -> values.model = model);
  }

  public MadeFinding effect(double value) {
    return with(values -> values.around(value));
  }

  /** E itself, held against ½. */
  public MadeFinding edgeIndex(double value) {
    return with(
        values -> {
          values.comparison = "evolved - chance";
          values.nothing = 0.5;
          values.around(value);
        });
  }

  public MadeFinding interval(double from, double to) {
    return with(
        values -> {
          values.low = from;
          values.high = to;
        });
  }

  public MadeFinding p(double value) {
    return with(values -> values.p = value);
  }

  public MadeFinding equivalence(double value) {
    return with(values -> values.pEquivalence = value);
  }

  public MadeFinding verdict(Verdict verdict) {
    return with(values -> values.verdict = verdict);
  }

  public MadeFinding share(double value) {
    return with(values -> values.share = OptionalDouble.of(value));
  }

  public MadeFinding runs(int count) {
    return with(values -> values.runs = count);
  }

  public MadeFinding needing(long count) {
    return with(values -> values.needed = OptionalLong.of(count));
  }

  /** Compared at that p(target), which so many of 10 runs reached in both arms; NaN: not enough. */
  public MadeFinding cats(double level, int reached) {
    OptionalDouble at = Double.isNaN(level) ? OptionalDouble.empty() : OptionalDouble.of(level);
    return with(
        values -> {
          boolean arms = values.nothing == 0;
          OptionalInt treated = arms ? OptionalInt.of(reached) : OptionalInt.empty();
          OptionalInt all = arms ? OptionalInt.of(10) : OptionalInt.empty();
          values.cats = Optional.of(new CatCounts(at, reached, 10, treated, all));
        });
  }

  /** Mean gain of both arms of 10 runs, and how many treated runs ended white. */
  public MadeFinding gain(double control, double treated, int white) {
    double delta = treated - control;
    OptionalDouble low = OptionalDouble.of(delta - 0.1);
    OptionalDouble high = OptionalDouble.of(delta + 0.1);
    GainTest made = new GainTest(control, treated, delta, low, high, 0.001, 0.01, 0, white);
    return with(values -> values.gain = Optional.of(made));
  }

  public MadeFinding change(BiasChange change) {
    return with(values -> values.change = change);
  }

  public Finding test() {
    Values of = new Values();
    changes.forEach(change -> change.accept(of));
    return new Finding(
        of.hypothesis,
        of.model,
        of.hypothesis,
        of.comparison,
        "edge_index",
        OptionalDouble.of(of.nothing),
        new Finding.Estimated(
            OptionalDouble.of(of.effect),
            OptionalDouble.of(Math.min(of.low, of.effect)),
            OptionalDouble.of(Math.max(of.high, of.effect))),
        new Finding.PValues(
            OptionalDouble.of(of.p / 10),
            OptionalDouble.of(of.p),
            OptionalDouble.of(of.pEquivalence),
            OptionalDouble.of(of.pEquivalence)),
        OptionalDouble.of(0.05),
        of.verdict,
        of.share,
        of.change,
        OptionalInt.of(of.runs),
        of.needed,
        of.cats.orElse(null),
        of.gain.orElse(null),
        "");
  }
}
