package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Layer.Parameter.Role;

class InitialWeightsTest {
  private static final Parameter CONV =
      new Parameter("conv.weight", Role.WEIGHT, List.of(64, 32, 3, 3));
  private static final Parameter LINEAR =
      new Parameter("linear.weight", Role.WEIGHT, List.of(100, 200));

  private static void assertConstant(float value, FloatBuffer values) {
    while (values.hasRemaining()) {
      assertEquals(value, values.get());
    }
  }

  @Test
  void normalWithVarianceTwoByFanIn() {
    Weights weights = InitialWeights.of(List.of(CONV, LINEAR), 1);
    assertMoments(2.0 / (32 * 9), weights.floats(CONV.name()));
    assertMoments(2.0 / 200, weights.floats(LINEAR.name()));
  }

  /** Within 4 standard errors: 18,432 and 20,000 draws. */
  private static void assertMoments(double variance, FloatBuffer values) {
    int n = values.remaining();
    double sum = 0;
    double squares = 0;
    while (values.hasRemaining()) {
      double value = values.get();
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / n, 4 * Math.sqrt(variance / n));
    assertEquals(variance, squares / n, 4 * variance * Math.sqrt(2.0 / n));
  }

  @Test
  void aTensorDoesNotDependOnTheOthers() {
    FloatBuffer alone = InitialWeights.of(List.of(LINEAR), 1).floats(LINEAR.name());
    FloatBuffer behind = InitialWeights.of(List.of(CONV, LINEAR), 1).floats(LINEAR.name());
    assertEquals(alone, behind);
    FloatBuffer otherSeed = InitialWeights.of(List.of(LINEAR), 2).floats(LINEAR.name());
    assertNotEquals(alone, otherSeed);
    Parameter twin = new Parameter("twin.weight", Role.WEIGHT, LINEAR.shape());
    assertNotEquals(alone, InitialWeights.of(List.of(twin), 1).floats(twin.name()));
  }

  @Test
  void biasesAre0AndNormsTheIdentity() {
    for (Role role : List.of(Role.BIAS, Role.NORM_BIAS, Role.RUNNING_MEAN)) {
      assertConstant(0, one(role));
    }
    for (Role role : List.of(Role.NORM_WEIGHT, Role.RUNNING_VAR)) {
      assertConstant(1, one(role));
    }
  }

  private static FloatBuffer one(Role role) {
    return InitialWeights.of(List.of(new Parameter("t", role, List.of(5))), 1).floats("t");
  }
}
