package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.stats.Verdict;

class ShortAnswerTest {
  private static final MadeTest BIASED =
      new MadeTest(Question.GEOMETRY).edgeIndex(0.13).verdict(Verdict.REFUTED);

  private static ControlRuns control(String model, int cats) {
    return new ControlRuns(model, 10, cats, OptionalDouble.of(0.72), OptionalDouble.of(0.29));
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
        "Black pixels alone come to be seen as a cat (p(cat) of at least ½) in 5 of 10 runs on"
            + " model-a (best p(cat) 0.72, pure white 0.29).",
        answer(BIASED.test()).get(0));
    assertEquals(
        "This report holds no evolved image yet.",
        ShortAnswer.of(List.of(), List.of(BIASED.test())).get(0));
  }

  @Test
  void theSecondSaysWhetherThereIsABias() {
    assertEquals(
        "There is an edge bias on model-a (E = 0.13, ½ is chance, 95 % interval 0.08 to 0.18,"
            + " p = 0.004).",
        answer(BIASED.test()).get(1));
    assertTrue(
        answer(BIASED.edgeIndex(0.6).test())
            .get(1)
            .startsWith("There is no edge bias on model-a, where pixels lie nearer the centre"));
    assertTrue(
        answer(BIASED.verdict(Verdict.UNDECIDED).needing(33).test())
            .get(1)
            .endsWith("p = 0.004; about 33 runs would decide)."));
  }

  @Test
  void overAPermutedClassifierItSaysNoEdgeBias() {
    List<String> answer =
        answer(
            BIASED.edgeIndex(0.5).equivalence(0.001).verdict(Verdict.SUPPORTED).test(),
            new MadeTest(Question.PADDING).effect(0).verdict(Verdict.REFUTED).test());
    assertTrue(answer.get(1).startsWith("There is no edge bias on model-a (E = 0.50"), answer + "");
    assertTrue(answer.get(1).contains("equivalent to chance"));
    assertEquals(
        "On model-a (no edge bias to explain was shown), refuted: zero padding.", answer.get(2));
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
                new MadeTest(Question.PADDING).verdict(Verdict.REFUTED).share(0.4).test(),
                new MadeTest(Question.FOUNDERS).verdict(Verdict.UNDECIDED).test(),
                HypothesisTest.untested("head", "model-a", "head", "needs photos"))
            .get(2);
    assertEquals(
        "On model-a, supported: the price of the centre (95 % of the bias goes with it), the white"
            + " background (without it the bias grows); refuted: zero padding; undecided: the start"
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
    assertTrue(answer.get(1).contains("; there is no edge bias on model-b"), answer + "");
    assertEquals(
        "On model-a, supported: zero padding – on model-b (no edge bias to explain was shown),"
            + " undecided: zero padding.",
        answer.get(2));
  }
}
