package org.whisker.explain;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.stats.Verdict;

/** A report in three sentences: is it a cat, is there an edge bias, and what makes it. */
public final class ShortAnswer {
  private final List<ControlRuns> controls;
  private final List<HypothesisTest> tests;

  private ShortAnswer(List<ControlRuns> controls, List<HypothesisTest> tests) {
    this.controls = controls;
    this.tests = tests;
  }

  /**
   * The answer.
   *
   * @param controls a model each
   * @param tests all of the report, untested hypotheses among them
   */
  public static List<String> of(List<ControlRuns> controls, List<HypothesisTest> tests) {
    ShortAnswer answer = new ShortAnswer(controls, tests);
    return List.of(answer.cats(), answer.bias(), answer.causes());
  }

  private String cats() {
    if (controls.isEmpty()) {
      return "This report holds no evolved image yet.";
    }
    return "Black pixels alone come to be seen as a cat (p(cat) of at least ½) "
        + controls.stream().map(ShortAnswer::cats).collect(joining(", and "))
        + ".";
  }

  private static String cats(ControlRuns c) {
    List<String> numbers = new ArrayList<>();
    c.best().ifPresent(p -> numbers.add("best p(cat)\u00a0" + VerdictText.fixed(p, 2)));
    c.white().ifPresent(p -> numbers.add("pure white\u00a0" + VerdictText.fixed(p, 2)));
    return "in %d of %d runs on %s%s"
        .formatted(
            c.cats(),
            c.runs(),
            c.model(),
            numbers.isEmpty() ? "" : " (" + String.join(", ", numbers) + ")");
  }

  private String bias() {
    List<String> parts = models().stream().map(this::bias).flatMap(Optional::stream).toList();
    if (parts.isEmpty()) {
      return "Whether their pixels crowd at the edge was not tested here.";
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

  private static String bias(String model, HypothesisTest g) {
    return switch (g.verdict().get()) {
      case SUPPORTED ->
          "there is no edge bias on %s%s".formatted(model, numbers(g, ", equivalent to chance"));
      case REFUTED ->
          g.effect().orElse(0) < g.nothing()
              ? "there is an edge bias on %s%s".formatted(model, numbers(g, ""))
              : "there is no edge bias on %s, where pixels lie nearer the centre%s"
                  .formatted(model, numbers(g, ""));
      case UNDECIDED ->
          g.effect().isEmpty()
              ? "on %s no run kept a black pixel, so there is no place to speak of".formatted(model)
              : "whether there is an edge bias on %s is undecided%s"
                  .formatted(model, numbers(g, needed(g)));
    };
  }

  private static String needed(HypothesisTest g) {
    return g.runsNeeded().isPresent()
        ? "; about " + g.runsNeeded().getAsLong() + " runs would decide"
        : "";
  }

  private static String numbers(HypothesisTest g, String more) {
    if (g.effect().isEmpty()) {
      return "";
    }
    String interval =
        g.low().isPresent() && g.high().isPresent()
            ? ", 95\u00a0%% interval %s to %s"
                .formatted(
                    VerdictText.fixed(g.low().getAsDouble(), 2),
                    VerdictText.fixed(g.high().getAsDouble(), 2))
            : "";
    String p =
        g.pCorrected().isPresent() ? ", p\u00a0" + VerdictText.p(g.pCorrected().getAsDouble()) : "";
    return " (E\u00a0=\u00a0%s, ½ is chance%s%s%s)"
        .formatted(VerdictText.fixed(g.effect().getAsDouble(), 2), interval, p, more);
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

  /** Without a bias nothing makes one: what is supported is an effect, not a cause. */
  private String toExplain(String model) {
    boolean biased =
        geometry(model)
            .filter(g -> g.verdict().filter(v -> v == Verdict.REFUTED).isPresent())
            .filter(g -> g.effect().orElse(g.nothing()) < g.nothing())
            .isPresent();
    return biased ? "" : " (no edge bias to explain was shown)";
  }

  private static Optional<String> list(List<HypothesisTest> tests, Verdict verdict) {
    List<String> names =
        tests.stream()
            .filter(t -> t.verdict().filter(v -> v == verdict).isPresent())
            .map(t -> cause(t, verdict))
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(verdict.name().toLowerCase(Locale.ROOT) + ": " + String.join(", ", names));
  }

  private static String cause(HypothesisTest t, Verdict verdict) {
    Question question = Question.find(t.hypothesis()).orElseThrow();
    if (verdict != Verdict.SUPPORTED || t.shareRemoved().isEmpty()) {
      return question.cause();
    }
    double share = t.shareRemoved().getAsDouble();
    return share < 0
        ? "%s (without it the bias grows)".formatted(question.cause())
        : "%s (%s of the bias goes with it)"
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
