package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class OperatorDriftTest {
  private static OperatorDrift drift(int runs, BooleanSupplier stopped) {
    return OperatorDrift.of(
        EvolutionOptions.quick().withGenetic(g -> g.withPopulation(20).withElites(2)),
        Canvas.square(24),
        40,
        runs,
        1,
        0.05,
        new SplitMix64(1),
        stopped);
  }

  @Test
  void quickOperatorsPreferNoPlace() {
    OperatorDrift drift = drift(200, () -> false);

    assertEquals(200, drift.runs());
    assertTrue(drift.interval().low() <= 0.5 && 0.5 <= drift.interval().high(), drift::toString);
    assertEquals(0.5, drift.interval().low(), 0.05);
    assertEquals(0.5, drift.interval().high(), 0.05);
    assertTrue(drift.equivalence().holds(0.05), drift::toString);
  }

  @Test
  void aStopLeavesNoMeasurement() {
    assertThrows(CancellationException.class, () -> drift(4, () -> true));
  }
}
