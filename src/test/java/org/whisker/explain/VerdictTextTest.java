package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.stats.Verdict;

class VerdictTextTest {
  private static final double ALPHA = 0.05;

  private static String of(MadeTest test) {
    return VerdictText.of(test.test(), ALPHA);
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void fourVerdictsHaveFourSentences(Question question) {
    MadeTest test = new MadeTest(question).effect(0.2).interval(0.1, 0.3);
    Set<String> sentences =
        new HashSet<>(
            List.of(
                of(test.verdict(Verdict.SUPPORTED)),
                of(test.verdict(Verdict.REFUTED).equivalence(0.01)),
                of(test.verdict(Verdict.REFUTED).equivalence(0.9)),
                of(test.verdict(Verdict.UNDECIDED))));
    // geometry is the null itself: its equivalence is what supports it
    assertEquals(question == Question.GEOMETRY ? 3 : 4, sentences.size(), sentences.toString());
    assertTrue(sentences.stream().noneMatch(s -> s.contains("null") || s.contains("%")));
  }

  @Test
  void aPermutedClassifierHasNoBias() {
    MadeTest geometry =
        new MadeTest(Question.GEOMETRY)
            .edgeIndex(0.502)
            .interval(0.48, 0.52)
            .equivalence(0.001)
            .verdict(Verdict.SUPPORTED);
    assertEquals(
        "yes: evolved pixels lie where random pixels would, equivalent within ±0.05", of(geometry));
  }

  @Test
  void geometrySaysToWhichSide() {
    MadeTest refuted = new MadeTest(Question.GEOMETRY).verdict(Verdict.REFUTED);
    assertEquals(
        "no: evolved pixels lie nearer the edge than random pixels would",
        of(refuted.edgeIndex(0.13)));
    assertEquals(
        "no: evolved pixels lie nearer the centre than random pixels would",
        of(refuted.edgeIndex(0.58)));
  }

  @Test
  void aBackgroundThatMattersSaysWhichWay() {
    MadeTest supported = new MadeTest(Question.BACKGROUND).verdict(Verdict.SUPPORTED);
    assertEquals("yes: on another background, pixels move inwards", of(supported.effect(0.3)));
    assertEquals(
        "yes: on another background, pixels lie still nearer the edge", of(supported.effect(-0.3)));
  }

  @Test
  void undecidedSaysHowManyRunsWouldDecide() {
    MadeTest undecided = new MadeTest(Question.PADDING).effect(0.02).verdict(Verdict.UNDECIDED);
    assertEquals("these 10 runs do not decide it", of(undecided));
    assertEquals("these 10 runs do not decide it; about 45 would", of(undecided.needing(45)));
    assertEquals(
        "these runs do not decide it: only one of them has a value", of(undecided.runs(1)));
  }

  @Test
  void untestedClaimsNothing() {
    String text =
        VerdictText.of(HypothesisTest.untested("padding", "m", "padding", "a module"), ALPHA);
    assertEquals("not tested: a module", text);
    assertFalse(text.contains("pixels"));
  }

  @Test
  void numbersAreForPeople() {
    assertEquals("<\u00a00.001", VerdictText.p(0.0002));
    assertEquals("=\u00a00.016", VerdictText.p(0.0161));
    assertEquals("\u221226\u00a0%", VerdictText.percent(-0.258));
  }
}
