package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.info;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.image.GrayImage;
import org.whisker.network.Network.FeatureShape;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** What a file gives becomes the logit of the class that it is asked for. */
class OnnxEndingsTest {
  private static final FeatureShape SHAPE = new FeatureShape(1, 9, 8);

  @TempDir private Path home;

  private TestEnvironment read(Path file, int wanted, String... more) {
    TestEnvironment test = new TestEnvironment(home);
    List<String> args = new ArrayList<>(List.of("models", "import", file.toString()));
    args.addAll(List.of("--name", "net", "--mean", "0.4", "--std", "0.3"));
    args.addAll(List.of(more));
    assertEquals(wanted, test.run(ModelsCommand::new, args.toArray(String[]::new)), test::err);
    return test;
  }

  private static OnnxBuilder logits(OnnxBuilder g) {
    return g.node("Conv", "c", "x", g.weights(4, 1, 3, 3))
        .node("Relu", "r", "c")
        .node("GlobalAveragePool", "p", "r")
        .node("Flatten", "f", "p")
        .node("Gemm", "z", "f", g.weights(4, 3), g.weights(3));
  }

  private float logit(GrayImage picture) throws Exception {
    try (Classifier it =
        Classifiers.openAny(
            new ModelStore(home.resolve("models")).open("net"),
            TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      return it.logits(List.of(picture))[0];
    }
  }

  /** As networks that look for several findings in an X-ray end. */
  @Test
  void oneLabelOfSeveralIsAskedFor() throws Exception {
    OnnxBuilder g = logits(new OnnxBuilder(13, 1, 1, 9, 8));
    Path file = g.node("Sigmoid", "y", "z").write(home.resolve("labels.onnx"), "y");
    String refused = read(file, 2, "--cat", "0,1").err();
    assertTrue(refused.contains("ask for one class alone"), refused);
    String said = read(file, 0, "--class", "hernia=1").err();
    assertTrue(said.contains("each of 3 classes has a sigmoid of its own"), said);
    GrayImage picture = OnnxRuntime.picture(SHAPE, 1);
    float wanted = OnnxRuntime.outputs(file, SHAPE, picture)[1];
    assertEquals(wanted, Classifier.catProbability(logit(picture)), 1e-6);
  }

  /** As PyTorch exports a block of a transformer: patches, queries and keys, their product. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void attentionIsRead(boolean token) throws Exception {
    Path file = attention(token).write(home.resolve("vit.onnx"), "y");
    assertTrue(read(file, 0, "--cat", "0").out().contains("logits of 3 classes"));
    OnnxOperatorsTest.checkAgainstRuntime(file);
  }

  private static OnnxBuilder attention(boolean token) {
    OnnxBuilder g = new OnnxBuilder(13, 1, 1, 9, 8);
    g.node("Conv", "patches", "x", g.weights(4, 1, 1, 1))
        .node("Reshape", "flat", "patches", g.integers(1, 4, 72))
        .node("Transpose", "tokens", "flat")
        .with(OnnxBuilder.ints("perm", 0, 2, 1));
    String tokens = "tokens";
    if (token) {
      g.node("Concat", "all", g.weights(1, 1, 4), "tokens").with(OnnxBuilder.integer("axis", 1));
      tokens = "all";
    }
    return g.node("MatMul", "q", tokens, g.weights(4, 4))
        .node("MatMul", "k", tokens, g.weights(4, 4))
        .node("MatMul", "v", tokens, g.weights(4, 4))
        .node("Transpose", "kt", "k")
        .with(OnnxBuilder.ints("perm", 0, 2, 1))
        .node("MatMul", "qk", "q", "kt")
        .node("Softmax", "a", "qk")
        .with(OnnxBuilder.integer("axis", -1))
        .node("MatMul", "av", "a", "v")
        .node("ReduceMean", "mean", "av")
        .with(OnnxBuilder.ints("axes", 1))
        .node("MatMul", "y", "mean", g.weights(4, 3));
  }

  @Test
  void anOutputThatIsAMapIsPassedOver() throws Exception {
    OnnxBuilder g = logits(new OnnxBuilder(13, 1, 1, 9, 8));
    g.graph().addOutput(info("r", -1, 4, 7, 6)).addOutput(info("z", -1, 3));
    Path file = home.resolve("features.onnx");
    Files.write(file, g.model().setGraph(g.graph()).build().toByteArray());
    TestEnvironment test = read(file, 0, "--cat", "0");
    assertTrue(test.out().contains("logits of 3 classes"), test.out());
    assertTrue(test.err().contains("has 2 outputs; 'z' was taken"), test.err());
  }
}
