package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EffectRows;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.option.Records;
import org.whisker.stats.Verdict;

class ShortAnswerTest {
  private static final MadeFinding BIASED =
      new MadeFinding("geometry").edgeIndex(0.13).verdict(Verdict.REFUTED);

  private static ControlRuns control(String model, double target, int half, int cats) {
    return new ControlRuns(
        model,
        10,
        target,
        cats,
        half,
        OptionalDouble.of(0.98),
        OptionalDouble.of(0.29),
        Optional.of(edge(0.13)),
        Optional.of(edge(0.09)),
        Optional.of(edge(0.11)),
        Optional.of(edge(0.51)),
        4);
  }

  private static ControlRuns.EdgeMean edge(double mean) {
    return new ControlRuns.EdgeMean(
        mean, OptionalDouble.of(mean - 0.05), OptionalDouble.of(mean + 0.05), 7);
  }

  private static String answer(ControlRuns control, Finding... tests) {
    List<String> answer = ShortAnswer.of(List.of(control), List.of(tests));
    assertEquals(1, answer.size(), "one model, one sentence");
    String sentence = answer.get(0).replace('\u00a0', ' ');
    assertTrue(sentence.endsWith(".") && !sentence.contains(".."), sentence);
    return sentence;
  }

  private static String answer(Finding... tests) {
    return answer(control("model-a", 0.96, 7, 5), tests);
  }

  @Test
  void itSaysHowManyRunsAreCatsAndWhetherThereIsABias() {
    assertEquals(
        "7 of 10 runs reach p(target) ½, and 5 reach 0.96; the pixels of evolved images lie nearer the"
            + " edge than chance would put them (E = 0.13 [0.08, 0.18], ½ is chance, p = 0.004).",
        answer(BIASED.test()));
    assertTrue(
        answer(control("model-a", 0.96, 7, 0), BIASED.test())
            .startsWith("7 of 10 runs reach p(target) ½, and none reaches 0.96; "));
    assertTrue(
        answer(control("model-a", 0.5, 7, 7), BIASED.test())
            .startsWith("7 of 10 runs reach p(target) ½; the pixels"));
    assertTrue(
        answer(BIASED.edgeIndex(0.6).test()).contains("lie nearer the centre than chance would"));
    String undecided = answer(BIASED.verdict(Verdict.UNDECIDED).needing(33).test());
    assertTrue(undecided.contains("is undecided (E = 0.13"), undecided);
    assertTrue(undecided.endsWith("p = 0.004; about 33 runs would be needed)."), undecided);
  }

  @Test
  void thatWhiteIsACatAlreadyIsAllThatIsSaid() {
    ControlRuns usual = control("model-a", 0.96, 10, 10);
    ControlRuns white =
        new ControlRuns(
            usual.model(),
            usual.runs(),
            usual.target(),
            usual.cats(),
            usual.half(),
            usual.best(),
            OptionalDouble.of(0.99),
            usual.atTarget(),
            usual.atHalf(),
            usual.all(),
            usual.withoutPreference(),
            usual.rising());
    String said =
        answer(white, Finding.untested("geometry", "model-a", "geometry", "white is a cat"));
    assertEquals(
        "The network takes pure white for a cat already (p 0.99), so a search for black pixels says"
            + " nothing of what makes a cat.",
        said);
  }

  /** E can't tell one edge from another. */
  @Test
  void itSaysWhichSidePixelsPrefer() {
    MadeFinding sides = new MadeFinding("sides").effect(-0.36).verdict(Verdict.SUPPORTED);
    Finding top = sides.test();
    assertTrue(
        answer(BIASED.test(), top)
            .endsWith("; of 100 pixels 36 more lie in the control than in the treated."),
        answer(BIASED.test(), top));
    assertTrue(
        answer(BIASED.test(), sides.effect(1).test())
            .endsWith("; all of them lie in the treated."));
    Finding unknown = sides.verdict(Verdict.UNDECIDED).test();
    assertFalse(answer(BIASED.test(), unknown).contains("of 100 pixels"));
  }

  @Test
  void ofCatsItSaysAtWhichConfidenceAndAgainstWhichNull() {
    MadeFinding ofCats =
        new MadeFinding("geometry").effect(-0.38).cats(0.96, 5).verdict(Verdict.REFUTED);
    assertEquals(
        "7 of 10 runs reach p(target) ½, and 5 reach 0.96; the pixels of images at p(target) 0.96 lie"
            + " nearer the edge than the same search without a preference would put them (E = 0.13"
            + " [0.08, 0.18] against 0.51 [0.46, 0.56], p = 0.004).",
        answer(ofCats.test()));
    String half =
        answer(
            new MadeFinding("geometry").effect(-0.38).cats(0.5, 7).verdict(Verdict.REFUTED).test());
    assertTrue(half.contains("images at p(target) ½") && half.contains("(E = 0.09 ["), half);
  }

  @Test
  void withoutCatsNothingIsSaidOfWhereTheirPixelsLie() {
    Finding few =
        new MadeFinding("geometry")
            .effect(-0.39)
            .cats(Double.NaN, 0)
            .verdict(Verdict.NOT_ENOUGH_TARGETS)
            .test();
    assertEquals(
        "None of 10 runs reaches p(target) ½; that is too few to say where the pixels of its cats lie"
            + " (all images evolved: E = 0.11 [0.06, 0.16]); p(target) still rose in 4 of 10 runs when"
            + " their budget ended.",
        answer(control("model-a", 0.96, 0, 0), few));
  }

  @Test
  void overAPermutedClassifierItSaysNoEdgeBias() {
    String answer =
        answer(BIASED.edgeIndex(0.5).equivalence(0.001).verdict(Verdict.SUPPORTED).test());
    assertTrue(
        answer.contains("lie where chance would put them (E = 0.50")
            && answer.endsWith(", equivalent)."),
        answer);
  }

  @Test
  void withoutABlackPixelThereIsNoPlace() {
    Finding untested = Finding.untested("geometry", "model-a", "geometry", "all runs are white");
    assertTrue(
        answer(untested)
            .endsWith("; whether there is an edge bias was not tested (all runs are white)."));
    assertEquals(
        List.of("Whether there is an edge bias was not tested (all runs are white)."),
        ShortAnswer.of(List.of(), List.of(untested)));
  }

  private static EffectRow row(String measure, boolean decisive, double difference, double p) {
    EffectRow row = EffectRows.of("evolved", "rolled", measure, decisive, 0.52, 0.52 + difference);
    return Records.changed(row, EffectRow::pValue).to(OptionalDouble.of(p));
  }

  /** What is said of final images beside a verdict on those at a p(target). */
  private static String last(Verdict verdict, double effect, double difference, double p) {
    OptionalDouble none = OptionalDouble.empty();
    List<EffectRow> rows =
        List.of(
            row("edge_index_at_target", true, effect, 1), row("edge_index", false, difference, p));
    return ShortAnswer.beyond(
            new HypothesisResult(verdict, OptionalDouble.of(effect), none, none, List.of(), rows),
            26)
        .orElse("")
        .replace('\u00a0', ' ');
  }

  @Test
  void finalImagesAreToldWhereTheyAnswerOtherwise() {
    assertEquals(
        "in the final images, to which the search goes on from there, they lie nearer the edge"
            + " (E = 0.28 against 0.52, p = 0.013)",
        last(Verdict.SUPPORTED, 0.005, -0.24, 0.0005));
    assertTrue(last(Verdict.REFUTED, -0.1, 0.2, 0.0005).contains("nearer the centre"));
    assertEquals("", last(Verdict.REFUTED, -0.1, -0.24, 0.0005), "as it was");
    assertEquals("", last(Verdict.UNDECIDED, -0.1, -0.24, 0.01), "one of many tests");
    assertEquals("", last(Verdict.NOT_ENOUGH_TARGETS, -0.1, -0.24, 0.0005));
  }

  private static String atGain(double difference, double p, double equivalence) {
    OptionalDouble none = OptionalDouble.empty();
    EffectRow gain =
        Records.changed(row("edge_index_at_gain", false, difference, p), EffectRow::pEquivalence)
            .to(OptionalDouble.of(equivalence));
    return ShortAnswer.beyond(
            new HypothesisResult(
                Verdict.NOT_ENOUGH_TARGETS,
                none,
                none,
                none,
                List.of(),
                List.of(row("edge_index", true, -0.3, 0.0005), gain)),
            20)
        .orElse("")
        .replace('\u00a0', ' ');
  }

  /** Runs that are no cats have gained something, and pixels lie somewhere. */
  @Test
  void withoutCatsImagesOfEqualGainAreCompared() {
    String at = "at the gain of the logit over white that half of the runs reached, ";
    assertEquals(
        at + "pixels lie nearer the centre (E = 0.82 against 0.52, p = 0.020)",
        atGain(0.3, 0.001, 1));
    assertEquals(
        at
            + "it is undecided whether they lie nearer the edge than the same search without a"
            + " preference puts them (E = 0.45 against 0.52)",
        atGain(-0.07, 0.1, 1));
    assertEquals(
        at
            + "they lie where the same search without a preference puts them (E = 0.53 against"
            + " 0.52)",
        atGain(0.01, 0.6, 0.001));
  }

  @Test
  void everyModelHasItsOwnSentence() {
    List<String> answer =
        ShortAnswer.of(
            List.of(control("model-a", 0.96, 7, 5)),
            List.of(
                BIASED.test(),
                new MadeFinding("padding").test(),
                BIASED.on("model-b").edgeIndex(0.6).test(),
                new MadeFinding("padding").on("model-c").test()));
    assertEquals(3, answer.size());
    assertTrue(answer.get(0).contains("nearer the edge"), answer.get(0));
    assertTrue(answer.get(1).startsWith("The pixels of evolved images lie nearer the centre"));
    assertEquals("Nothing was evolved yet.", answer.get(2));
  }
}
