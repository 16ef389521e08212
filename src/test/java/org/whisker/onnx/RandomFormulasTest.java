package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Network.FeatureShape;

/**
 * Random functions of each value give what ONNX Runtime gives, whichever activation they look like.
 */
class RandomFormulasTest {
  private static final int FORMULAS = 25;
  private static final float[] SCALES = {0.3f, 3, 30, 300};
  private static final float[] FACTORS = {0.1f, -1, 0.5f, 1 / 6f, 2, 10, 1.702f};
  private static final float[] NUMBERS = {
    0, 1, 6, 3, -3, -1, 20, -20, 0.5f, -0.28f, 100, 1.22f, 1.5f, 12.3f, -12.3f
  };
  private static final String[] ALONE = {
    "Relu",
    "Neg",
    "Abs",
    "Sigmoid",
    "Tanh",
    "Elu",
    "LeakyRelu",
    "HardSigmoid",
    "Softplus",
    "HardSwish"
  };
  private static final String[] OF_TWO = {"Add", "Sub", "Mul", "Max", "Min"};

  @TempDir private Path folder;

  /** A formula under construction. */
  private static final class Formula {
    private final Random random;
    private final OnnxBuilder graph = new OnnxBuilder(18, 1, 3, 9, 8);
    private final List<String> values = new ArrayList<>();

    Formula(Random random) {
      this.random = random;
      graph.node("Mul", "v0", "x", constant(SCALES));
      values.add("v0");
      int steps = 2 + random.nextInt(5);
      for (int i = 0; i < steps; i++) {
        step("v" + values.size());
      }
    }

    Path write(Path file) throws Exception {
      String last = values.get(values.size() - 1);
      return graph.node("Flatten", "z", last).behindConvolution().write(file, "z");
    }

    private void step(String name) {
      switch (random.nextInt(5)) {
        case 0 -> graph.node(of(OF_TWO), name, value(), value());
        case 1 -> graph.node("Mul", name, value(), constant(FACTORS));
        case 2 -> graph.node(of("Add", "Max", "Min"), name, value(), constant(NUMBERS));
        case 3 -> clip(name);
        default -> graph.node(of(ALONE), name, value());
      }
      values.add(name);
    }

    private void clip(String name) {
      float[] bounds = {NUMBERS[random.nextInt(NUMBERS.length)], random.nextFloat() * 30 - 15};
      Arrays.sort(bounds);
      String[] numbers = {number(bounds[0]), number(bounds[1])};
      graph.node("Clip", name, value(), numbers[0], numbers[1]);
    }

    private String of(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /** The last value, or any. */
    private String value() {
      int n = values.size();
      return values.get(random.nextInt(3) == 0 ? random.nextInt(n) : n - 1);
    }

    private String constant(float[] choices) {
      return number(choices[random.nextInt(choices.length)]);
    }

    private String number(float value) {
      return graph.floats(new long[0], value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void giveWhatOnnxRuntimeGives(int seed) throws Exception {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(3, 9, 8);
    GrayImage picture = OnnxRuntime.picture(shape, 2 + seed);
    for (int i = 0; i < FORMULAS; i++) {
      Path file = new Formula(random).write(folder.resolve(i + ".onnx"));
      float[] wanted = OnnxRuntime.outputs(file, shape, picture);
      OnnxModel model = OnnxModel.read(file, Optional.empty());
      float[] found = OnnxRuntime.outputs(model, picture);
      assertTrue(alike(wanted, found), "formula " + i + " of " + file);
      assertEquals(wanted.length, OnnxRuntime.rounded(model, picture).length);
    }
  }

  /** Large values that cancel, and overflows, are rounded differently. */
  private static boolean alike(float[] wanted, float[] found) {
    double largest = 1e-3;
    for (float value : wanted) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    double bound = 1e-3 * largest;
    return IntStream.range(0, wanted.length)
        .allMatch(i -> !Float.isFinite(wanted[i]) || Math.abs(wanted[i] - found[i]) <= bound);
  }
}
