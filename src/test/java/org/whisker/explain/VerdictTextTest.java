package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.ablation.BiasChange;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.stats.Verdict;

class VerdictTextTest {
  private static String of(MadeFinding test) {
    return test.test().sentence();
  }

  static List<String> hypotheses() {
    return Hypotheses.ids();
  }

  @ParameterizedTest
  @MethodSource("hypotheses")
  void everyVerdictHasASentenceOfItsOwn(String hypothesis) {
    MadeFinding test =
        new MadeFinding(hypothesis).effect(0.2).interval(0.1, 0.3).cats(Double.NaN, 2);
    List<String> sentences =
        Stream.of(
                Verdict.SUPPORTED,
                Verdict.OPPOSITE,
                Verdict.NO_EFFECT,
                Verdict.UNDECIDED,
                Verdict.NOT_ENOUGH_TARGETS)
            .map(verdict -> of(test.verdict(verdict)))
            .toList();
    int different = hypothesis.equals("geometry") ? 4 : 5; // it predicts what others call no effect
    assertEquals(different, new HashSet<>(sentences).size(), sentences.toString());
    assertTrue(sentences.stream().noneMatch(s -> s.contains("null") || s.contains("%")));
  }

  @Test
  void noEffectSaysWhatSoFewRunsCannotExclude() {
    assertEquals(
        "not the cause: with another padding, pixels lie as near the edge, equivalent within ±0.05"
            + " in these 10 runs (a share of up to 0.26 of all could behave otherwise)",
        of(new MadeFinding("padding").effect(0).verdict(Verdict.NO_EFFECT)));
  }

  @Test
  void tooFewCatsAreCountedAndWhatWasSeenIsTold() {
    MadeFinding few =
        new MadeFinding("padding")
            .effect(-0.21)
            .cats(Double.NaN, 3)
            .verdict(Verdict.NOT_ENOUGH_TARGETS);
    assertEquals(
        "not enough cats: 3 of 10 runs of the control, 3 of 10 of the treated arm reached p(target) ½;"
            + " over all runs, cats or not, ΔE was \u22120.21",
        of(few));
    assertEquals(
        "not enough cats: every treated run stayed empty, while the control gained 2.30 logits"
            + " towards the target",
        of(few.gain(2.3, 0, 10)));
  }

  @Test
  void soFewRunsThatAgreeSayThatTheyAreTooFew() {
    MadeFinding four = new MadeFinding("padding").verdict(Verdict.UNDECIDED).runs(4).needing(11);
    assertEquals(
        "undecided: all 4 runs agree, but 4 can't reach the corrected level; about 11 would be"
            + " needed",
        of(four.p(10 * 2 / 16.0))); // p, corrected for ten
    assertEquals(
        "undecided: these 4 runs are inconclusive; about 11 would be needed",
        of(four.p(10 * 4 / 16.0)));
  }

  @Test
  void fineTunesOfOneNetworkAreNotCalledNetworks() {
    MadeFinding head = new MadeFinding("head");
    assertTrue(
        fineTuned(head)
            .sentence()
            .endsWith(
                "; the units are fine-tunes of one network, so this holds for that network"
                    + " alone"));
    String undecided = fineTuned(head.verdict(Verdict.UNDECIDED)).sentence();
    assertTrue(
        undecided.startsWith("undecided: these 10 fine-tunes of one network are inconclusive"),
        undecided);
    assertTrue(
        of(head.verdict(Verdict.UNDECIDED))
            .startsWith("undecided: these 10 networks are inconclus"));
  }

  private static Finding fineTuned(MadeFinding made) {
    Finding t = made.test();
    return new Finding(
        t.hypothesis(),
        t.model(),
        t.experiment(),
        t.comparison(),
        t.statistic(),
        t.nullValue(),
        t.estimated(),
        t.tests(),
        t.margin(),
        t.judged(),
        t.shareRemoved(),
        t.biasChange(),
        t.units(),
        t.runsNeeded(),
        t.catCounts(),
        t.gainTest(),
        Finding.FINE_TUNED);
  }

  @Test
  void removingABiasIsNoVerdictOnTheCause() {
    MadeFinding opposite = new MadeFinding("background").effect(0.3).verdict(Verdict.OPPOSITE);
    assertEquals(
        "the opposite: on another background, pixels lie even nearer the edge; it"
            + " removes the bias",
        of(opposite.change(BiasChange.REMOVES)));
    assertEquals(
        "a cause: with another padding, pixels move inwards; the evidence for a cat falls (gain"
            + " over white 1.10 logits, in the control 2.40)",
        of(new MadeFinding("padding").gain(2.4, 1.1, 2)));
  }

  @Test
  void aCauseHasItsShareOfTheBiasWithAnInterval() {
    MadeFinding padding =
        new MadeFinding("padding")
            .effect(0.2)
            .interval(0.1, 0.3)
            .share(0.5)
            .verdict(Verdict.SUPPORTED);
    assertTrue(
        of(padding).contains("pixels move inwards (50\u00a0% of the bias, 25\u00a0% to 75\u00a0%)"),
        of(padding));
  }

  @Test
  void aStatisticOfCatsSaysAtWhichConfidence() {
    MadeFinding test = new MadeFinding("padding");
    assertEquals("ΔE", VerdictText.statistic(test.test()));
    assertEquals("ΔE at p(target)\u00a00.96", VerdictText.statistic(test.cats(0.96, 6).test()));
    assertEquals(
        "E at p(target)\u00a0½", VerdictText.statistic(test.edgeIndex(0.2).cats(0.5, 6).test()));
  }

  @Test
  void aPermutedClassifierHasNoBias() {
    MadeFinding geometry =
        new MadeFinding("geometry")
            .edgeIndex(0.502)
            .interval(0.48, 0.52)
            .equivalence(0.001)
            .verdict(Verdict.SUPPORTED);
    assertEquals(
        "none within ±0.05: evolved pixels lie where random pixels would, equivalent within ±0.05",
        of(geometry));
  }

  @Test
  void geometrySaysToWhichSide() {
    MadeFinding refuted = new MadeFinding("geometry").verdict(Verdict.REFUTED);
    assertEquals(
        "towards the edge: evolved pixels lie nearer the edge than random pixels would",
        of(refuted.edgeIndex(0.13)));
    assertEquals(
        "towards the centre: evolved pixels lie nearer the centre than random pixels would",
        of(refuted.edgeIndex(0.58)));
  }

  @Test
  void aBackgroundThatMattersSaysWhichWay() {
    MadeFinding supported = new MadeFinding("background").verdict(Verdict.SUPPORTED);
    assertEquals("a cause: on another background, pixels move inwards", of(supported.effect(0.3)));
    assertEquals(
        "a cause: on another background, pixels lie even nearer the edge",
        of(supported.effect(-0.3)));
  }

  @Test
  void undecidedSaysHowManyRunsWouldDecide() {
    MadeFinding undecided = new MadeFinding("padding").effect(0.02).verdict(Verdict.UNDECIDED);
    assertEquals("undecided: these 10 runs are inconclusive", of(undecided));
    assertEquals(
        "undecided: these 10 runs are inconclusive; about 45 would be needed",
        of(undecided.needing(45)));
    assertEquals(
        "undecided: these runs are inconclusive: only one of them has a value",
        of(undecided.runs(1)));
    assertEquals(
        "undecided: these 10 runs are inconclusive; the same patterns moved elsewhere together can"
            + " do as well, which the interval over runs does not show; more runs may not decide"
            + " it",
        of(new MadeFinding("landscape").effect(0.6).verdict(Verdict.UNDECIDED)));
  }

  @ParameterizedTest
  @MethodSource("hypotheses")
  void theEvidenceDoesNotRepeatTheVerdictBeforeIt(String hypothesis) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict == Verdict.UNTESTED
          || (verdict == Verdict.REFUTED && !predictsNone(hypothesis))) {
        continue;
      }
      for (MadeFinding made :
          List.of(
              new MadeFinding(hypothesis).effect(0.2).interval(0.1, 0.3).cats(Double.NaN, 3),
              new MadeFinding(hypothesis).effect(0.2).cats(Double.NaN, 0).gain(2.3, 0, 10))) {
        Finding finding = made.verdict(verdict).test();
        String evidence = finding.evidence(Finding.ALPHA);
        assertFalse(evidence.startsWith(finding.words()), evidence);
        assertFalse(evidence.isBlank());
        assertEquals(finding.words() + ": " + evidence, finding.sentence());
      }
    }
  }

  private static boolean predictsNone(String hypothesis) {
    return Hypotheses.get(hypothesis).wording().predictsNone();
  }

  @Test
  void untestedClaimsNothing() {
    String text = Finding.untested("padding", "m", "padding", "a module").sentence();
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
