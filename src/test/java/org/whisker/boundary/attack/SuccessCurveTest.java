package org.whisker.boundary.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SuccessCurveTest {
  private static OptionalDouble of(double distance) {
    return OptionalDouble.of(distance);
  }

  @Test
  void aPointWhereTheShareChanges() {
    SuccessCurve curve =
        SuccessCurve.of(List.of(of(3), of(1), OptionalDouble.empty(), of(3), of(7)));
    assertEquals(
        List.of(0.0, 1.0, 3.0, 7.0),
        curve.points().stream().map(SuccessCurve.Point::budget).toList());
    assertEquals(
        List.of(0, 1, 3, 4), curve.points().stream().map(SuccessCurve.Point::successes).toList());
    assertEquals(0, curve.share(0.999));
    assertEquals(0.2, curve.share(2.9));
    assertEquals(0.6, curve.share(3));
    assertEquals(0.8, curve.share(1e9));
    // Wilson 1927: 3 of 5
    assertEquals(0.2307, curve.points().get(2).interval().low(), 1e-4);
    assertEquals(0.8824, curve.points().get(2).interval().high(), 1e-4);
  }

  @Test
  void nothingFoundAndNothingNeeded() {
    SuccessCurve none = SuccessCurve.of(List.of(OptionalDouble.empty(), OptionalDouble.empty()));
    assertEquals(1, none.points().size());
    assertEquals(0, none.share(100));
    SuccessCurve crossed = SuccessCurve.of(List.of(of(0), of(0)));
    assertEquals(1, crossed.points().size());
    assertEquals(1, crossed.share(0));
  }
}
