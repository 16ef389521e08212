package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.ablation.Measure;
import org.whisker.ablation.result.EffectRow;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.stats.Verdict;
import org.whisker.value.Text;

/** A report in a sentence for each model: is it a cat, and is there an edge bias. */
public final class ShortAnswer {
  private static final double HALF = 0.5;
  private static final double LEVEL = 0.05;

  private final List<ControlRuns> controls;
  private final List<Finding> tests;

  private ShortAnswer(List<ControlRuns> controls, List<Finding> tests) {
    this.controls = controls;
    this.tests = tests;
  }

  /**
   * Summarises a report.
   *
   * @param controls one per model
   * @param tests all tests of the report, including untested hypotheses
   * @return a sentence for each model of the tests, in their order, without its name
   */
  public static List<String> of(List<ControlRuns> controls, List<Finding> tests) {
    ShortAnswer answer = new ShortAnswer(controls, tests);
    return tests.stream().map(Finding::model).distinct().map(answer::model).toList();
  }

  /**
   * Says where pixels lie beyond the images that decide whether there is a bias. Where too few runs
   * became cats, it is said of images at the gain of the logit that half of the runs reached. Else
   * it is said of final images, if that is another answer: a search that goes on takes pixels away,
   * and those that are left need not lie as the others did.
   *
   * @param geometry what decides whether there is a bias
   * @param tests of the report, for which p is corrected
   */
  public static Optional<String> beyond(HypothesisResult geometry, int tests) {
    Optional<EffectRow> decisive =
        geometry.effects().stream().filter(EffectRow::decisive).findFirst();
    if (geometry.verdict() == Verdict.NOT_ENOUGH_TARGETS) {
      return decisive
          .flatMap(row -> of(Measure.EDGE_INDEX_AT_GAIN, row, geometry.effects()))
          .filter(row -> row.difference().isPresent())
          .map(row -> atGain(row, tests));
    }
    return decisive
        .flatMap(row -> of(Measure.EDGE_INDEX, row, geometry.effects()))
        .filter(row -> corrected(row, tests) <= LEVEL)
        .filter(row -> direction(row) != direction(geometry))
        .map(
            row ->
                "in the final images, to which the search goes on from there, they lie "
                    + nearer(row, tests));
  }

  /** Where pixels lie at the gain that half of the runs of each arm reached. */
  private static String atGain(EffectRow row, int tests) {
    boolean alike = row.pEquivalence().orElse(1) * tests <= LEVEL;
    return "at the gain of the logit over white that half of the runs reached, "
        + (corrected(row, tests) <= LEVEL
            ? "pixels lie " + nearer(row, tests)
            : (alike
                    ? "they lie where the same search without a preference puts them"
                    : "it is undecided whether they lie nearer the edge than the same search"
                        + " without a preference puts them")
                + " ("
                + means(row)
                + ")");
  }

  private static String nearer(EffectRow row, int tests) {
    return "nearer the %s (%s, p\u00a0%s)"
        .formatted(
            direction(row) < 0 ? "edge" : "centre",
            means(row),
            VerdictText.p(corrected(row, tests)));
  }

  private static String means(EffectRow row) {
    return "E\u00a0=\u00a0%s against %s"
        .formatted(
            VerdictText.fixed(row.treatedMean().orElseThrow(), 2),
            VerdictText.fixed(row.controlMean().orElseThrow(), 2));
  }

  private static Optional<EffectRow> of(
      Measure measure, EffectRow decisive, List<EffectRow> effects) {
    return effects.stream()
        .filter(row -> row.comparison().equals(decisive.comparison()))
        .filter(row -> row.against().equals(decisive.against()))
        .filter(row -> row.measure().equals(measure.label()))
        .findFirst();
  }

  private static double corrected(EffectRow row, int tests) {
    return Math.min(1, row.pValue().orElse(1) * tests);
  }

  private static double direction(EffectRow row) {
    return Math.signum(row.difference().orElseThrow());
  }

  /** The direction that the verdict asserts, or 0. */
  private static double direction(HypothesisResult geometry) {
    boolean asserted = geometry.verdict().isDefinite() && geometry.verdict() != Verdict.SUPPORTED;
    return asserted ? Math.signum(geometry.effect().orElse(0)) : 0;
  }

  private String model(String model) {
    Optional<ControlRuns> control = control(model);
    Optional<Finding> geometry = geometry(model);
    Optional<String> white = control.flatMap(ShortAnswer::whiteCat);
    if (white.isPresent()) {
      return white.get() + ".";
    }
    List<String> clauses =
        Stream.of(
                control.map(ShortAnswer::cats),
                geometry.map(this::bias),
                side(model),
                geometry.flatMap(g -> outlook(g, control)))
            .flatMap(Optional::stream)
            .toList();
    String all = clauses.isEmpty() ? "nothing was evolved yet" : String.join("; ", clauses);
    return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
  }

  /**
   * Says, and nothing else, that white is a cat already: a search for a cat has nothing to find.
   */
  private static Optional<String> whiteCat(ControlRuns c) {
    return c.white().orElse(0) >= HALF
        ? Optional.of(
            "The network takes pure white for a cat already (p %s), so a search for black pixels"
                    .formatted(VerdictText.fixed(c.white().orElse(0), 2))
                + " says nothing of what makes a cat")
        : Optional.empty();
  }

  private static String cats(ControlRuns c) {
    String half =
        c.half() == 0
            ? Text.of("none of %d runs reaches p(target)\u00a0½", c.runs())
            : Text.of("%d of %d runs reach p(target)\u00a0½", c.half(), c.runs());
    return c.target() > HALF && c.half() > 0
        ? "%s, and %s %s"
            .formatted(
                half,
                c.cats() == 0 ? "none reaches" : c.cats() == 1 ? "1 reaches" : c.cats() + " reach",
                VerdictText.plain(c.target()))
        : half;
  }

  private String bias(Finding g) {
    return switch (g.judged()) {
      case UNTESTED -> "whether there is an edge bias was not tested (%s)".formatted(g.reason());
      case SUPPORTED ->
          "the pixels of %s lie where %s would put them%s"
              .formatted(images(g), chance(g), numbers(g, ", equivalent"));
      case REFUTED, OPPOSITE, NO_EFFECT ->
          "the pixels of %s lie nearer the %s than %s would put them%s"
              .formatted(
                  images(g),
                  g.effect().orElse(0) < g.nothing() ? "edge" : "centre",
                  chance(g),
                  numbers(g, ""));
      case UNDECIDED ->
          g.effect().isEmpty()
              ? "no run kept a black pixel, so no position can be measured"
              : "whether the pixels of %s lie nearer the edge than %s would put them is undecided%s"
                  .formatted(images(g), chance(g), numbers(g, needed(g)));
      case NOT_ENOUGH_TARGETS ->
          "that is too few to say where the pixels of its cats lie"
              + control(g.model())
                  .flatMap(ControlRuns::all)
                  .map(e -> " (all images evolved: E\u00a0=\u00a0" + edge(e) + ")")
                  .orElse("");
    };
  }

  /** The side that pixels prefer, which E does not show. */
  private Optional<String> side(String model) {
    return of(model, Hypotheses.SIDES.id())
        .filter(g -> g.judged() == Verdict.SUPPORTED && g.effect().isPresent())
        .flatMap(g -> g.sides().map(sides -> side(sides, g.effect().getAsDouble())));
  }

  private static String side(Finding.Sides halves, double difference) {
    long more = Math.round(100 * Math.abs(difference));
    String preferred = difference > 0 ? halves.first() : halves.second();
    return more == 100
        ? "all of them lie in the " + preferred
        : Text.of(
            "of 100 pixels %d more lie in the %s than in the %s",
            more, preferred, difference > 0 ? halves.second() : halves.first());
  }

  /** Which images a statement is about. */
  private static String images(Finding g) {
    OptionalDouble level = g.cats().map(CatCounts::level).orElse(OptionalDouble.empty());
    return level.isPresent()
        ? "images at p(target)\u00a0"
            + (level.getAsDouble() == HALF ? "½" : VerdictText.plain(level.getAsDouble()))
        : "evolved images";
  }

  private static String chance(Finding g) {
    return g.nothing() == 0 ? "the same search without a preference" : "chance";
  }

  /** Whether more images would have helped. */
  private static Optional<String> outlook(Finding g, Optional<ControlRuns> control) {
    return control
        .filter(c -> g.verdict().filter(v -> v == Verdict.NOT_ENOUGH_TARGETS).isPresent())
        .filter(c -> c.rising() > 0)
        .map(
            c ->
                Text.of(
                    "p(target) still rose in %d of %d runs when their budget ended",
                    c.rising(), c.runs()));
  }

  private static String edge(ControlRuns.EdgeMean e) {
    return e.low().isPresent() && e.high().isPresent()
        ? "%s [%s, %s]"
            .formatted(
                VerdictText.fixed(e.mean(), 2),
                VerdictText.fixed(e.low().getAsDouble(), 2),
                VerdictText.fixed(e.high().getAsDouble(), 2))
        : VerdictText.fixed(e.mean(), 2);
  }

  private static String needed(Finding g) {
    return g.runsNeeded().isPresent()
        ? "; about " + g.runsNeeded().getAsLong() + " runs would be needed"
        : "";
  }

  private String numbers(Finding g, String more) {
    List<String> parts = new ArrayList<>();
    Optional<ControlRuns> control = control(g.model());
    Optional<String> without =
        control
            .filter(c -> g.nothing() == 0)
            .flatMap(ControlRuns::withoutPreference)
            .map(e -> " against " + edge(e));
    control
        .flatMap(c -> compared(c, g))
        .ifPresent(e -> parts.add("E\u00a0=\u00a0" + edge(e) + without.orElse("")));
    if (g.nothing() > 0) {
      parts.add("½ is chance");
    }
    g.pCorrected().ifPresent(p -> parts.add("p\u00a0" + VerdictText.p(p)));
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + more + ")";
  }

  /** E of the images that the test is about. */
  private static Optional<ControlRuns.EdgeMean> compared(ControlRuns c, Finding g) {
    if (g.nothing() > 0 && g.effect().isPresent()) {
      return Optional.of(
          new ControlRuns.EdgeMean(g.effect().getAsDouble(), g.low(), g.high(), g.runs()));
    }
    OptionalDouble level = g.cats().map(CatCounts::level).orElse(OptionalDouble.empty());
    return level.isEmpty()
        ? c.all()
        : level.getAsDouble() >= c.target() ? c.atTarget() : c.atHalf();
  }

  private Optional<ControlRuns> control(String model) {
    return controls.stream().filter(c -> c.model().equals(model)).findFirst();
  }

  private Optional<Finding> geometry(String model) {
    return of(model, Hypotheses.GEOMETRY.id());
  }

  private Optional<Finding> of(String model, String hypothesis) {
    return tests.stream()
        .filter(t -> t.model().equals(model) && t.hypothesis().equals(hypothesis))
        .findFirst();
  }
}
