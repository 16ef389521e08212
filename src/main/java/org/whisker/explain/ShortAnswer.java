package org.whisker.explain;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.stats.Verdict;

/** A report in three sentences: is it a cat, is there an edge bias, and what causes it. */
public final class ShortAnswer {
  private static final double HALF = 0.5;

  private final List<ControlRuns> controls;
  private final List<HypothesisTest> tests;

  private ShortAnswer(List<ControlRuns> controls, List<HypothesisTest> tests) {
    this.controls = controls;
    this.tests = tests;
  }

  /**
   * Summarises a report.
   *
   * @param controls one per model
   * @param tests all tests of the report, including untested hypotheses
   */
  public static List<String> of(List<ControlRuns> controls, List<HypothesisTest> tests) {
    ShortAnswer answer = new ShortAnswer(controls, tests);
    return List.of(answer.cats(), answer.bias(), answer.causes());
  }

  private String cats() {
    if (controls.isEmpty()) {
      return "This report holds no evolved image yet.";
    }
    return "Black pixels alone are classified as a cat "
        + controls.stream().map(ShortAnswer::cats).collect(joining(", and "))
        + ".";
  }

  private static String cats(ControlRuns c) {
    List<String> numbers = new ArrayList<>();
    c.best().ifPresent(p -> numbers.add("best " + VerdictText.fixed(p, 2)));
    c.white().ifPresent(p -> numbers.add("pure white " + VerdictText.fixed(p, 2)));
    String more = numbers.isEmpty() ? "" : " (p(cat): " + String.join(", ", numbers) + ")";
    return c.target() > HALF
        ? "with p(cat)\u00a0≥\u00a0%s in %d and ≥\u00a0½ in %d of %d runs on %s%s"
            .formatted(VerdictText.plain(c.target()), c.cats(), c.half(), c.runs(), c.model(), more)
        : "with p(cat)\u00a0≥\u00a0½ in %d of %d runs on %s%s"
            .formatted(c.half(), c.runs(), c.model(), more);
  }

  private String bias() {
    List<String> parts = models().stream().map(this::bias).flatMap(Optional::stream).toList();
    if (parts.isEmpty()) {
      return "Whether there is an edge bias was not tested here.";
    }
    String all = String.join("; ", parts);
    return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
  }

  private Optional<String> bias(String model) {
    return geometry(model)
        .map(
            g ->
                g.verdict().isEmpty()
                    ? "whether there is an edge bias on %s was not tested (%s)"
                        .formatted(model, g.reason())
                    : bias(model, g));
  }

  private String bias(String model, HypothesisTest g) {
    return switch (g.verdict().get()) {
      case SUPPORTED ->
          "%s have no edge bias on %s%s".formatted(images(g), model, numbers(g, ", equivalent"));
      case REFUTED, OPPOSITE, NO_EFFECT ->
          "%s have %s on %s%s"
              .formatted(
                  images(g),
                  g.effect().orElse(0) < g.nothing()
                      ? "an edge bias"
                      : "no edge bias but their pixels nearer the centre",
                  model,
                  numbers(g, ""));
      case UNDECIDED ->
          g.effect().isEmpty()
              ? "on %s no run kept a black pixel, so no position can be measured".formatted(model)
              : "whether %s have an edge bias on %s is undecided%s"
                  .formatted(images(g), model, numbers(g, needed(g)));
      case NOT_ENOUGH_CATS -> notEnough(model, g);
    };
  }

  /** Which images a statement is about. */
  private static String images(HypothesisTest g) {
    OptionalDouble level = g.cats().map(CatCounts::level).orElse(OptionalDouble.empty());
    return level.isPresent()
        ? "images at p(cat)\u00a0" + VerdictText.plain(level.getAsDouble())
        : "evolved images";
  }

  private String notEnough(String model, HypothesisTest g) {
    String reached =
        g.cats()
            .map(c -> " (%d of %d reached p(cat)\u00a0½)".formatted(c.control(), c.controlRuns()))
            .orElse("");
    String seen =
        control(model)
            .flatMap(ControlRuns::all)
            .map(e -> ", though what they evolved so far has E\u00a0=\u00a0" + edge(e))
            .orElse("");
    return "where the pixels of a cat lie on %s is not known, since too few runs became cats%s%s%s"
        .formatted(model, reached, seen, control(model).map(ShortAnswer::budget).orElse(""));
  }

  /** Whether more images would have helped. */
  private static String budget(ControlRuns c) {
    return c.rising() == 0
        ? ""
        : "; the budget was too small for %d of %d runs, whose p(cat) still rose when it ended"
            .formatted(c.rising(), c.runs());
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

  private Optional<ControlRuns> control(String model) {
    return controls.stream().filter(c -> c.model().equals(model)).findFirst();
  }

  private static String needed(HypothesisTest g) {
    return g.runsNeeded().isPresent()
        ? "; about " + g.runsNeeded().getAsLong() + " runs would be needed"
        : "";
  }

  private String numbers(HypothesisTest g, String more) {
    List<String> parts = new ArrayList<>();
    Optional<ControlRuns> control = control(g.model());
    control.flatMap(c -> compared(c, g)).ifPresent(e -> parts.add("E\u00a0=\u00a0" + edge(e)));
    control
        .filter(c -> g.nothing() == 0)
        .flatMap(ControlRuns::withoutPreference)
        .ifPresent(e -> parts.add("the same search without a preference has " + edge(e)));
    if (g.nothing() > 0) {
      parts.add("½ is chance");
    }
    g.pCorrected().ifPresent(p -> parts.add("p\u00a0" + VerdictText.p(p)));
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + more + ")";
  }

  /** E of the images that the test is about. */
  private static Optional<ControlRuns.EdgeMean> compared(ControlRuns c, HypothesisTest g) {
    if (g.nothing() > 0 && g.effect().isPresent()) {
      return Optional.of(
          new ControlRuns.EdgeMean(g.effect().getAsDouble(), g.low(), g.high(), g.runs()));
    }
    OptionalDouble level = g.cats().map(CatCounts::level).orElse(OptionalDouble.empty());
    return level.isEmpty()
        ? c.all()
        : level.getAsDouble() >= c.target() ? c.atTarget() : c.atHalf();
  }

  private String causes() {
    List<String> parts = models().stream().map(this::causes).toList();
    if (parts.isEmpty()) {
      return "No cause was tested.";
    }
    String all = String.join(" – ", parts);
    return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
  }

  private String causes(String model) {
    List<HypothesisTest> mine =
        tests.stream()
            .filter(t -> t.model().equals(model))
            .filter(t -> !t.hypothesis().equals(Question.GEOMETRY.id()))
            .toList();
    List<String> parts = new ArrayList<>();
    allWhite(mine).ifPresent(parts::add);
    for (Verdict verdict : Verdict.values()) {
      list(mine, verdict).ifPresent(parts::add);
    }
    if (parts.isEmpty()) {
      return "on %s no cause was tested".formatted(model);
    }
    long untested = mine.stream().filter(t -> t.verdict().isEmpty()).count();
    if (untested > 0) {
      parts.add("not tested: %d".formatted(untested));
    }
    return "on %s%s, %s".formatted(model, toExplain(model), String.join("; ", parts));
  }

  /** Without a bias, a supported hypothesis is an effect but not the cause of a bias. */
  private String toExplain(String model) {
    boolean biased =
        geometry(model)
            .filter(g -> g.verdict().filter(v -> v == Verdict.REFUTED).isPresent())
            .filter(g -> g.effect().orElse(g.nothing()) < g.nothing())
            .isPresent();
    return biased ? "" : " (no edge bias to explain was shown)";
  }

  /**
   * Interventions under which no black pixel pays for itself: there is no evidence without them.
   */
  private static Optional<String> allWhite(List<HypothesisTest> tests) {
    List<String> names =
        tests.stream()
            .filter(t -> t.gain().filter(GainTest::allWhite).isPresent())
            .map(t -> Question.find(t.hypothesis()).orElseThrow().cause())
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("every run stays white without: " + String.join(", ", names));
  }

  private static Optional<String> list(List<HypothesisTest> tests, Verdict verdict) {
    List<String> names =
        tests.stream()
            .filter(t -> t.gain().filter(GainTest::allWhite).isEmpty())
            .filter(t -> t.verdict().filter(v -> v == verdict).isPresent())
            .map(t -> cause(t, verdict))
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(verdict.words() + ": " + String.join(", ", names));
  }

  private static String cause(HypothesisTest t, Verdict verdict) {
    Question question = Question.find(t.hypothesis()).orElseThrow();
    if (verdict != Verdict.SUPPORTED || t.shareRemoved().isEmpty()) {
      return question.cause();
    }
    double share = t.shareRemoved().getAsDouble();
    return share < 0
        ? "%s (without it, the bias grows)".formatted(question.cause())
        : "%s (removing it removes %s of the bias)"
            .formatted(question.cause(), VerdictText.percent(share));
  }

  private Optional<HypothesisTest> geometry(String model) {
    return tests.stream()
        .filter(t -> t.model().equals(model) && t.hypothesis().equals(Question.GEOMETRY.id()))
        .findFirst();
  }

  private List<String> models() {
    return tests.stream().map(HypothesisTest::model).distinct().toList();
  }
}
