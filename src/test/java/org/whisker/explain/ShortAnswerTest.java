package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.stats.Verdict;

class ShortAnswerTest {
  private static final MadeTest BIASED =
      new MadeTest(Question.GEOMETRY).edgeIndex(0.13).verdict(Verdict.REFUTED);

  private static ControlRuns control(String model, int cats) {
    return new ControlRuns(
        model,
        10,
        0.96,
        cats,
        cats + 2,
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

  private static List<String> answer(HypothesisTest... tests) {
    List<String> answer =
        ShortAnswer.of(List.of(control("model-a", 5)), List.of(tests)).stream()
            .map(s -> s.replace('\u00a0', ' '))
            .toList();
    assertEquals(3, answer.size());
    assertTrue(answer.stream().allMatch(s -> s.endsWith(".") && !s.contains("..")), answer + "");
    return answer;
  }

  @Test
  void theFirstSaysHowManyRunsAreCats() {
    assertEquals(
        "Black pixels alone are classified as a cat with p(cat) ≥ 0.96 in 5 and ≥ ½ in 7 of 10 runs"
            + " on model-a (p(cat): best 0.98, pure white 0.29).",
        answer(BIASED.test()).get(0));
    assertEquals(
        "This report holds no evolved image yet.",
        ShortAnswer.of(List.of(), List.of(BIASED.test())).get(0));
  }

  @Test
  void theSecondSaysWhetherThereIsABias() {
    assertEquals(
        "Evolved images have an edge bias on model-a (E = 0.13 [0.08, 0.18], ½ is chance,"
            + " p = 0.004).",
        answer(BIASED.test()).get(1));
    assertTrue(
        answer(BIASED.edgeIndex(0.6).test())
            .get(1)
            .startsWith(
                "Evolved images have no edge bias but their pixels nearer the centre on model-a"));
    assertTrue(
        answer(BIASED.verdict(Verdict.UNDECIDED).needing(33).test())
            .get(1)
            .endsWith("p = 0.004; about 33 runs would be needed)."));
  }

  @Test
  void ofCatsItSaysAtWhichConfidenceAndAgainstWhichNull() {
    MadeTest ofCats =
        new MadeTest(Question.GEOMETRY).effect(-0.38).cats(0.96, 5).verdict(Verdict.REFUTED);
    assertEquals(
        "Images at p(cat) 0.96 have an edge bias on model-a (E = 0.13 [0.08, 0.18], the same search"
            + " without a preference has 0.51 [0.46, 0.56], p = 0.004).",
        answer(ofCats.test()).get(1));
  }

  @Test
  void withoutCatsNothingIsSaidOfWhereTheirPixelsLie() {
    List<String> answer =
        answer(
            new MadeTest(Question.GEOMETRY)
                .effect(-0.39)
                .cats(Double.NaN, 3)
                .verdict(Verdict.NOT_ENOUGH_CATS)
                .test(),
            new MadeTest(Question.PADDING)
                .cats(Double.NaN, 3)
                .verdict(Verdict.NOT_ENOUGH_CATS)
                .gain(2.3, 0, 10)
                .test());
    assertEquals(
        "Where the pixels of a cat lie on model-a is not known, since too few runs became cats (3 of"
            + " 10 reached p(cat) ½), though what they evolved so far has E = 0.11 [0.06, 0.16]; the"
            + " budget was too small for 4 of 10 runs, whose p(cat) still rose when it ended.",
        answer.get(1));
    assertEquals(
        "On model-a (no edge bias to explain was shown), every run stays white without: zero"
            + " padding.",
        answer.get(2));
  }

  @Test
  void overAPermutedClassifierItSaysNoEdgeBias() {
    List<String> answer =
        answer(
            BIASED.edgeIndex(0.5).equivalence(0.001).verdict(Verdict.SUPPORTED).test(),
            new MadeTest(Question.PADDING).effect(0).verdict(Verdict.NO_EFFECT).test());
    assertTrue(
        answer.get(1).startsWith("Evolved images have no edge bias on model-a (E = 0.50"),
        answer + "");
    assertTrue(answer.get(1).contains("equivalent"));
    assertEquals(
        "On model-a (no edge bias to explain was shown), no effect: zero padding.", answer.get(2));
  }

  @Test
  void withoutABlackPixelThereIsNoPlace() {
    HypothesisTest untested =
        HypothesisTest.untested("geometry", "model-a", "geometry", "all runs are white");
    assertEquals(
        "Whether there is an edge bias on model-a was not tested (all runs are white).",
        answer(untested).get(1));
    assertEquals("On model-a no cause was tested.", answer(untested).get(2));
  }

  @Test
  void theThirdTellsSupportedRefutedUndecidedAndUntestedApart() {
    String causes =
        answer(
                BIASED.test(),
                new MadeTest(Question.SAFE_HARBOUR).share(0.951).test(),
                new MadeTest(Question.BACKGROUND).effect(-0.2).share(-0.2).test(),
                new MadeTest(Question.PADDING).verdict(Verdict.OPPOSITE).share(-0.4).test(),
                new MadeTest(Question.FOUNDERS).verdict(Verdict.UNDECIDED).test(),
                HypothesisTest.untested("head", "model-a", "head", "needs photos"))
            .get(2);
    assertEquals(
        "On model-a, supported: the penalty of the centre (removing it removes 95 % of the"
            + " bias), the white"
            + " background (without it, the bias grows); opposite: zero padding; undecided: the start"
            + " of evolution; not tested: 1.",
        causes);
    assertFalse(causes.contains("head"), "no text about what was not tested");
  }

  @Test
  void modelsAreToldApart() {
    List<String> answer =
        answer(
            BIASED.test(),
            BIASED.on("model-b").edgeIndex(0.6).test(),
            new MadeTest(Question.PADDING).test(),
            new MadeTest(Question.PADDING).on("model-b").verdict(Verdict.UNDECIDED).test());
    assertTrue(
        answer
            .get(1)
            .contains(
                "; evolved images have no edge bias but their pixels nearer the centre on model-b"),
        answer + "");
    assertEquals(
        "On model-a, supported: zero padding – on model-b (no edge bias to explain was shown),"
            + " undecided: zero padding.",
        answer.get(2));
  }
}
