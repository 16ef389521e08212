package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Layer.Parameter.Role;

class FormulaWeightsTest {
  private static final List<Parameter> SCHEMA =
      List.of(
          new Parameter("features.0.weight", Role.WEIGHT, List.of(64, 3, 3, 3)),
          new Parameter("classifier.6.bias", Role.BIAS, List.of(1000)),
          new Parameter("mixed_5b.branch1.0.bn.weight", Role.NORM_WEIGHT, List.of(48)),
          new Parameter("mixed_5b.branch1.0.bn.bias", Role.NORM_BIAS, List.of(48)),
          new Parameter("conv2d_1a.bn.running_mean", Role.RUNNING_MEAN, List.of(32)),
          new Parameter("conv2d_1a.bn.running_var", Role.RUNNING_VAR, List.of(32)),
          new Parameter("classifier.0.weight", Role.WEIGHT, List.of(4096, 25088)));

  private final Weights weights = new FormulaWeights(SCHEMA, FormulaWeights.REFERENCE_SEED);

  /** Bits computed by Python's integers and struct.pack. */
  @ParameterizedTest
  @CsvSource({
    "features.0.weight, 0, BD45F265, 1727, 3E5E970E",
    "classifier.6.bias, 0, BCAF2756, 999, BBEC3426",
    "mixed_5b.branch1.0.bn.weight, 0, 3F6B1987, 47, 3F848543",
    "mixed_5b.branch1.0.bn.bias, 0, BD86F826, 47, BDA42FA5",
    "conv2d_1a.bn.running_mean, 0, 3D2A6DED, 31, BD71703D",
    "conv2d_1a.bn.running_var, 0, 3F846214, 31, 3F588984",
    "classifier.0.weight, 0, BC547CB0, 102760447, BC33BB9D",
  })
  void valuesAreThoseOfTheReference(String name, int i, String first, int j, String last) {
    FloatBuffer values = weights.floats(name);
    assertEquals(j + 1, values.remaining());
    assertEquals(first, String.format("%08X", Float.floatToRawIntBits(values.get(i))));
    assertEquals(last, String.format("%08X", Float.floatToRawIntBits(values.get(j))));
  }

  @Test
  void theInputIsUniform() {
    float[] input = FormulaWeights.input(2, 5, 5, FormulaWeights.REFERENCE_SEED);
    assertEquals(50, input.length);
    assertEquals(0x3E256CBC, Float.floatToRawIntBits(input[0]));
    assertEquals(0x3E10E7A4, Float.floatToRawIntBits(input[1]));
    assertEquals(0x3F088695, Float.floatToRawIntBits(input[49]));
  }

  @Test
  void anotherSeedOtherWeights() {
    Weights other = new FormulaWeights(SCHEMA, 1);
    assertEquals(
        -1, weights.floats("classifier.6.bias").mismatch(weights.floats("classifier.6.bias")));
    assertEquals(
        0, weights.floats("classifier.6.bias").mismatch(other.floats("classifier.6.bias")));
    assertThrows(NoSuchElementException.class, () -> weights.floats("fc.bias"));
  }
}
