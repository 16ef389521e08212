package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun.Level;

class ForetellingTest {
  private static Expected row(Level level, double reach, OptionalDouble edge) {
    OptionalDouble low = edge.isPresent() ? OptionalDouble.of(0.02) : edge;
    OptionalDouble high = edge.isPresent() ? OptionalDouble.of(0.31) : edge;
    return new Expected(
        "some",
        0.1,
        0.3,
        OptionalDouble.empty(),
        level,
        12,
        reach,
        edge,
        low,
        high,
        OptionalDouble.empty(),
        "edge",
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static Optional<String> sentence(double reach, OptionalDouble end) {
    return Foretelling.sentence(
            List.of(
                row(Level.GAIN_1, 1, OptionalDouble.of(0.4)),
                row(Level.HALF, reach, OptionalDouble.of(0.14)),
                row(Level.END, 1, end)))
        .map(text -> text.replace('\u00a0', ' '));
  }

  @Test
  void itIsSaidAtHalfWhereMostRunsAreToGetThere() {
    OptionalDouble end = OptionalDouble.of(0.27);
    assertEquals(
        Optional.of("a forecast made before any search was E = 0.14 [0.02, 0.31] at p(target) ½"),
        sentence(0.5, end));
    assertEquals(
        Optional.of(
            "a forecast made before any search was E = 0.27 [0.02, 0.31] at the end, short of"
                + " p(target) ½"),
        sentence(0.4, end));
    assertEquals(Optional.empty(), sentence(0.4, OptionalDouble.empty()), "no pixel is expected");
  }

  @Test
  void anOlderReportHasNone() {
    assertEquals(Optional.empty(), Foretelling.sentence(List.of()));
  }
}
