package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.image.GrayImage;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.OnnxException;

/** The recipe of CONTRIBUTING.md for an operator of ONNX: one file, and one line in the list. */
class OperatorRecipeTest {
  private static final OperatorList WITH_SHRINK =
      OperatorList.standard().with(ShrinkOperator.SHRINK);

  @TempDir private Path folder;

  private Path file(float lambd, float bias) throws IOException {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, 9, 8);
    g.node("Shrink", "s", "x")
        .with(OnnxBuilder.number("lambd", lambd), OnnxBuilder.number("bias", bias))
        .node("Shrink", "k", g.weights(3, 1, 1))
        .with(OnnxBuilder.number("lambd", 0.1f), OnnxBuilder.number("bias", 0.1f))
        .node("Mul", "m", "s", "k")
        .node("Flatten", "y", "m");
    return g.behindConvolution().write(folder.resolve("shrink.onnx"), "y");
  }

  /** What it gives is held against ONNX Runtime. */
  @Test
  void anOperatorIsOneEntry() throws Exception {
    Path file = file(0.4f, 0.4f);
    OnnxModel model = OnnxModel.read(file, Optional.empty(), WITH_SHRINK);
    FeatureShape shape = model.network().input();
    GrayImage picture = OnnxRuntime.picture(shape, 2);
    double difference =
        OnnxRuntime.difference(
            OnnxRuntime.outputs(file, shape, picture), OnnxRuntime.outputs(model, picture));
    assertTrue(difference < 1e-5, () -> "they differ by " + difference);
  }

  /** What can't be read is refused in the words of the entry. */
  @Test
  void aRefusalHasTheWordsOfTheEntry() throws Exception {
    Path file = file(0.5f, 0);
    OnnxException e =
        assertThrows(
            OnnxException.class, () -> OnnxModel.read(file, Optional.empty(), WITH_SHRINK));
    assertEquals(
        file
            + ": node 'node_s' (Shrink) can't be read: a lambd of 0.5 and a bias of 0.0; replace it"
            + " by soft shrinkage, or import a TorchScript module instead",
        e.getMessage());
  }

  @Test
  void withoutTheEntryItIsUnknown() throws Exception {
    Path file = file(0.4f, 0.4f);
    OnnxException e =
        assertThrows(OnnxException.class, () -> OnnxModel.read(file, Optional.empty()));
    assertTrue(
        Objects.requireNonNull(e.getMessage())
            .contains("(Shrink) can't be read: there is no layer for Shrink; import a TorchScript"),
        () -> String.valueOf(e.getMessage()));
  }

  @Test
  void theRecipeNamesTheFiles() throws IOException {
    String text = Files.readString(Path.of("CONTRIBUTING.md"));
    for (String name :
        new String[] {
          "src/main/java/org/whisker/onnx/OperatorList.java",
          "src/test/java/org/whisker/onnx/ShrinkOperator.java",
          "src/test/java/org/whisker/onnx/OperatorRecipeTest.java",
          "src/test/java/org/whisker/onnx/OperatorListTest.java",
          "src/test/java/org/whisker/onnx/OnnxOperatorsTest.java"
        }) {
      assertTrue(text.contains(name), name);
      assertTrue(Files.exists(Path.of(name)), name);
    }
  }
}
