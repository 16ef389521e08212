package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.faithfulness.ParameterRandomisation;

class MethodAgreementTest {
  private static final Canvas CANVAS = new Canvas(5, 1);

  private static SaliencyMap map(String method, SignConvention sign, float... values) {
    return new SaliencyMap(CANVAS, values, "logits", method, sign);
  }

  private static final SaliencyMap AGAINST =
      map("a", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 1, -2, 3, 0.5f, -5);
  private static final SaliencyMap TOWARDS =
      map("b", SignConvention.CONTENT_TOWARDS_TARGET, -1, 2, -3, -0.5f, 5);
  private static final SaliencyMap GRADIENT =
      map("c", SignConvention.WHITE_TOWARDS_NOT_TARGET, 1, 2, 3, 0.5f, 5);
  private static final SaliencyMap STRENGTH = map("a", SignConvention.MAGNITUDE, 1, 2, 3, 0.5f, 5);
  private static final SaliencyMap FLAT =
      map("d", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 1, -1, 1, 1, -1);

  @Test
  void comparesStrengthsAndOrientedSigns() {
    MethodAgreement found = MethodAgreement.of(List.of(AGAINST, TOWARDS, GRADIENT, STRENGTH));
    assertEquals(List.of("a", "b", "c", "a"), found.methods());
    for (List<OptionalDouble> row : found.absolute()) {
      for (OptionalDouble rho : row) {
        assertEquals(1, rho.getAsDouble(), 1e-12);
      }
    }
    assertEquals(1, found.signed().get(0).get(1).getAsDouble(), 1e-12);
    assertEquals(1, found.signed().get(2).get(2).getAsDouble(), 1e-12);
    assertTrue(found.signed().get(0).get(2).isEmpty());
    assertTrue(found.signed().get(3).get(3).isEmpty());
  }

  @Test
  void isSymmetricAndBelow0WhereOrdersDiffer() {
    SaliencyMap other = map("o", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 4, 9, 0, 5, 10);
    MethodAgreement found = MethodAgreement.of(List.of(AGAINST, other));
    // ranks 4 2 5 3 1 against 2 4 1 3 5: reversed
    assertEquals(-1, found.signed().get(0).get(1).getAsDouble(), 1e-12);
    assertEquals(found.signed().get(0).get(1), found.signed().get(1).get(0));
    // ranks of |a| 2 3 4 1 5 against 2 4 1 3 5: 1 − 6 · 14 / 120
    assertEquals(0.3, found.absolute().get(0).get(1).getAsDouble(), 1e-12);
  }

  @Test
  void placesThatAreZeroInBothDoNotCount() {
    SaliencyMap sparse = map("s", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 0, 0, 1, 3, -2);
    SaliencyMap other = map("o", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 0, 0, 3, 1, -1);
    MethodAgreement found = MethodAgreement.of(List.of(sparse, other));
    // of the last three: 1 3 2 against 3 1 1 (a tie); with the zeros it would be above 0
    assertEquals(-Math.sqrt(0.75), found.absolute().get(0).get(1).getAsDouble(), 1e-12);
    SaliencyMap single = map("1", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 0, 0, 0, 0, 7);
    assertTrue(MethodAgreement.of(List.of(single)).absolute().get(0).get(0).isEmpty());
  }

  @Test
  void aMapThatIsEquallyStrongEverywhereHasNoRank() {
    MethodAgreement found = MethodAgreement.of(List.of(FLAT, AGAINST));
    assertTrue(found.absolute().get(0).get(0).isEmpty());
    assertTrue(found.absolute().get(0).get(1).isEmpty());
    assertTrue(found.signed().get(0).get(1).isPresent());
    SaliencyMap zero = map("z", SignConvention.CONTENT_TOWARDS_NOT_TARGET, 0, 0, 0, 0, 0);
    assertTrue(MethodAgreement.of(List.of(zero, AGAINST)).signed().get(0).get(1).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> MethodAgreement.of(List.of()));
    SaliencyMap small =
        new SaliencyMap(
            Canvas.square(1), new float[1], "x", "s", SignConvention.CONTENT_TOWARDS_TARGET);
    assertThrows(IllegalArgumentException.class, () -> MethodAgreement.of(List.of(AGAINST, small)));
  }

  @Test
  void randomisedNetworksAreComparedAndClosed() {
    PaintedClassifier head = PaintedClassifier.constant(CANVAS);
    PaintedClassifier all = PaintedClassifier.constant(CANVAS);
    List<ParameterRandomisation.Randomised<PaintedClassifier>> steps =
        List.of(
            new ParameterRandomisation.Randomised<>("head", () -> head),
            new ParameterRandomisation.Randomised<>("features", () -> all));
    List<Integer> done = new ArrayList<>();
    ParameterRandomisation.Rolls rolls = new ParameterRandomisation.Rolls(0, 1);
    ParameterRandomisation found =
        ParameterRandomisation.of(
                List.of(ParameterRandomisation.Maps.of(AGAINST)),
                steps,
                (c, step, map) ->
                    Optional.of(ParameterRandomisation.Maps.of(c == head ? TOWARDS : FLAT)),
                rolls,
                done::add,
                () -> false)
            .orElseThrow()
            .get(0);
    assertEquals(List.of(1, 2), done);
    assertEquals("head", found.steps().get(0).layer());
    assertEquals(1, found.steps().get(0).signed().getAsDouble(), 1e-12);
    assertEquals(1, found.steps().get(0).absolute().getAsDouble(), 1e-12);
    assertTrue(found.steps().get(1).absolute().isEmpty());
    assertEquals(AGAINST, found.original());
    assertTrue(head.closed && all.closed);
    assertTrue(
        ParameterRandomisation.of(
                List.of(ParameterRandomisation.Maps.of(AGAINST)),
                steps,
                (c, step, map) -> Optional.of(ParameterRandomisation.Maps.of(FLAT)),
                rolls,
                done::add,
                () -> true)
            .isEmpty());
  }
}
