package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.stats.Verdict;

class ProtocolTest {
  @Test
  void aPlantedEdgePreferenceIsFound() {
    Explanation e = PlantedProtocol.run(PlantedProtocol.subject("edges", PlantedClassifier.edge()));

    Finding geometry = PlantedProtocol.finding(e, Hypothesis.GEOMETRY);
    assertEquals(Verdict.REFUTED, geometry.verdict());
    assertTrue(geometry.effect() < 0.5, "E " + geometry.effect());
    assertTrue(geometry.sentence().contains("nearer the edge"), geometry.sentence());
    String answer = Answer.of(e).get(1);
    assertTrue(answer.contains("lie nearer the edge"), answer);
    Finding harbour = PlantedProtocol.finding(e, Hypothesis.SAFE_HARBOUR);
    assertEquals(Verdict.SUPPORTED, harbour.verdict());
    assertEquals(1, harbour.effect(), 1e-9);
    double landscape = PlantedProtocol.finding(e, Hypothesis.LANDSCAPE).effect();
    assertTrue(landscape > 0, "rho " + landscape);
    assertTrue(e.models().get(0).padding().isEmpty());
    assertEquals(3, e.models().get(0).whiteLogit());
  }

  @Test
  void aPlantedCentrePreferenceIsNotCalledAnEdgeBias() {
    Explanation e =
        PlantedProtocol.run(PlantedProtocol.subject("centres", PlantedClassifier.centre()));

    Finding geometry = PlantedProtocol.finding(e, Hypothesis.GEOMETRY);
    assertEquals(Verdict.REFUTED, geometry.verdict());
    assertTrue(geometry.effect() > 0.5, "E " + geometry.effect());
    assertTrue(Answer.of(e).get(1).contains("nearer the centre"), Answer.of(e).get(1));
    assertEquals(Verdict.REFUTED, PlantedProtocol.finding(e, Hypothesis.SAFE_HARBOUR).verdict());
  }

  static Stream<PlantedClassifier> placeless() {
    return Stream.of(
        PlantedClassifier.shuffled(1),
        PlantedClassifier.shuffled(2),
        PlantedClassifier.random(3),
        PlantedClassifier.random(4));
  }

  @ParameterizedTest
  @MethodSource("placeless")
  void effectsWithoutAPlaceAreNoEdgeBias(PlantedClassifier classifier) {
    Explanation e = PlantedProtocol.run(PlantedProtocol.subject("anywhere", classifier));

    Finding geometry = PlantedProtocol.finding(e, Hypothesis.GEOMETRY);
    assertNotEquals(Verdict.REFUTED, geometry.verdict(), geometry::toString);
    String expected =
        geometry.verdict() == Verdict.SUPPORTED ? "no edge bias on" : "not decided on";
    String answer = Answer.of(e).get(1);
    assertTrue(answer.contains(expected), answer);
    assertFalse(answer.contains("pixels lie nearer"), answer);
    assertEquals(geometry.verdict() == Verdict.UNDECIDED, geometry.runsNeeded().isPresent());
  }

  @Test
  void aSwapThatTurnsThePreferenceRoundSupportsPadding() {
    Explanation e =
        PlantedProtocol.run(
            PlantedProtocol.swapped("edges", PlantedClassifier.edge(), PlantedClassifier.centre()));

    Finding padding = PlantedProtocol.finding(e, Hypothesis.PADDING);
    assertEquals(Verdict.SUPPORTED, padding.verdict());
    assertTrue(padding.effect() > 0.05, "ΔE " + padding.effect());
    assertTrue(padding.low().orElseThrow() > 0);
    assertTrue(padding.shareRemoved().isPresent());
    assertTrue(padding.sentence().contains("move away from the edge"), padding.sentence());
    // What is cat by the border is as far from cat where the effects are turned round.
    assertTrue(
        e.models().get(0).padding().orElseThrow().transferred().stream().allMatch(l -> l > 3));
  }

  @Test
  void aSwapThatChangesNothingIsRefutedByEquivalence() {
    Explanation e =
        PlantedProtocol.run(
            PlantedProtocol.swapped("edges", PlantedClassifier.edge(), PlantedClassifier.edge()));

    Finding padding = PlantedProtocol.finding(e, Hypothesis.PADDING);
    assertEquals(Verdict.REFUTED, padding.verdict());
    assertEquals(0.0, padding.effect());
    assertEquals(OptionalDouble.of(0), padding.shareRemoved());
    assertTrue(padding.sentence().contains("equivalent within ±0.05"), padding.sentence());
    assertEquals(e.models().get(0).runs(), e.models().get(0).padding().orElseThrow().runs());
  }

  @Test
  void whiteRunsHaveNoPositionToSpeakOf() {
    Explanation e =
        PlantedProtocol.run(PlantedProtocol.subject("white", PlantedClassifier.white()));

    assertTrue(e.pooled().isEmpty());
    assertTrue(e.findings().stream().noneMatch(f -> f.hypothesis() == Hypothesis.GEOMETRY));
    assertEquals(
        "No run kept a black pixel, so there is no position to speak of.", Answer.of(e).get(1));
  }

  @Test
  void aStopKeepsTheModelsThatWereDone() {
    PlantedProtocol.Recorder recorder = new PlantedProtocol.Recorder();
    Subject first = PlantedProtocol.subject("first", PlantedClassifier.edge());
    Subject second = PlantedProtocol.subject("second", PlantedClassifier.edge());

    assertThrows(
        CancellationException.class,
        () -> PlantedProtocol.run(recorder, () -> !recorder.models.isEmpty(), first, second));

    assertEquals(List.of("first"), recorder.models);
    assertEquals("second: evolving", recorder.steps.get(recorder.steps.size() - 1));
  }

  @Test
  void aStopInTheOperatorsControlIsAStop() {
    PlantedProtocol.Recorder recorder = new PlantedProtocol.Recorder();
    Subject only = PlantedProtocol.subject("only", PlantedClassifier.edge());

    assertThrows(
        CancellationException.class,
        () -> PlantedProtocol.run(recorder, () -> !recorder.models.isEmpty(), only));

    assertEquals(List.of("only"), recorder.models);
  }
}
