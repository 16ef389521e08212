package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private final Evaluation some =
      new Evaluation(
          new float[] {-2, -1, 1, 0, -1, 3},
          new int[] {0, 0, 0, 1, 1, 1},
          List.of("a", "b", "a", "b", "b", "c"));

  @Test
  void countsVerdicts() {
    assertEquals(new Evaluation.Confusion(2, 1, 1, 2), some.confusion());
    assertEquals(4 / 6.0, some.accuracy());
    assertEquals(2 / 3.0, some.confusion().recallTarget());
    assertEquals(2 / 3.0, some.confusion().recallNotTarget());
  }

  @Test
  void splitsAccuracyByOrigin() {
    assertEquals(Map.of("a", 0.5, "b", 2 / 3.0, "c", 1.0), some.accuracyByOrigin());
    assertEquals(0.5, some.accuracyByOrigin().get("a"));
  }

  @Test
  void aucCountsPairsWithTiesHalf() {
    // cats -2, -1, 1 against 0, -1, 3: 3 + 2.5 + 1 of 9
    assertEquals(6.5 / 9, some.rocAuc(), 1e-15);
  }

  @Test
  void calibrationBinsByCatProbability() {
    // p(target) 0.9 twice, one of them a cat; 0.5 a cat; 0 not
    float nine = (float) -Math.log(9);
    Evaluation four =
        new Evaluation(
            new float[] {nine, nine, 0, 200}, new int[] {0, 1, 0, 1}, List.of("", "", "", ""));
    List<Evaluation.CalibrationBin> bins = four.calibration();
    assertEquals(10, bins.size());
    assertEquals(4, bins.stream().mapToInt(Evaluation.CalibrationBin::count).sum());
    Evaluation.CalibrationBin middle = bins.get(5);
    assertEquals(0.5, middle.lower());
    assertEquals(0.5, middle.meanPredicted());
    assertEquals(1.0, middle.targetFraction());
    assertEquals(0.0, bins.get(0).targetFraction());
    assertThrows(IllegalStateException.class, () -> bins.get(3).meanPredicted());
    // (2 * |0.9 - 0.5| + |0.5 - 1| + 0) / 4
    assertEquals(1.3 / 4, four.expectedCalibrationError(), 1e-6);
  }

  @Test
  void certaintyFallsInTheLastBin() {
    Evaluation sure = new Evaluation(new float[] {-1000, 1000}, new int[] {0, 1}, List.of("", ""));
    assertEquals(1, sure.calibration().get(9).count());
    assertEquals(1.0, sure.calibration().get(9).upper());
    assertEquals(0, sure.expectedCalibrationError());
    assertEquals(1, sure.rocAuc());
  }

  @Test
  void oneClassAloneHasNoAucAndNoOtherRecall() {
    Evaluation cats = new Evaluation(new float[] {-1, 2}, new int[] {0, 0}, List.of("a", "a"));
    assertEquals(0.5, cats.confusion().recallTarget());
    assertThrows(IllegalStateException.class, cats::rocAuc);
    assertThrows(IllegalStateException.class, cats.confusion()::recallNotTarget);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesLogitsThatAreNone(float logit) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Evaluation(new float[] {logit}, new int[] {0}, List.of("a")));
  }

  @Test
  void refusesWhatIsNotParallel() {
    float[] one = {1};
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluation(one, new int[] {0, 1}, List.of("a")));
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluation(one, new int[] {0}, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluation(one, new int[] {2}, List.of("a")));
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluation(new float[0], new int[0], List.of()));
  }
}
