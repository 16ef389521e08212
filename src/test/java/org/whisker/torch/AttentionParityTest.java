package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.OnnxModel;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.Methods;

/**
 * Maps of small transformers against LXT, Transformer-MM-Explainability and pytorch-grad-cam
 * (src/test/python/attention_maps.py), on formula weights, in float64.
 */
class AttentionParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/org/whisker/torch/attention");
  private static final double TOLERANCE = 1e-4;

  private static JsonNode references() throws IOException {
    return references("attention.json");
  }

  private static JsonNode references(String file) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(file).toFile());
  }

  private static float[] values(JsonNode values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values.get(i).asDouble();
    }
    return all;
  }

  private static GrayImage picture() throws IOException {
    return new GrayImage(Canvas.square(24), values(references().get("picture")));
  }

  private static TorchClassifier open(Path file) throws Exception {
    return open(file, Precision.FLOAT64);
  }

  private static TorchClassifier open(Path file, Precision precision) throws Exception {
    OnnxModel read = OnnxModel.read(file, Optional.empty());
    Network network = read.network().withLast("not-cat", new Layer.ClassLogit(5, List.of(0)));
    return new TorchClassifier(
        network.name(),
        network,
        read.weights(),
        new Preprocessing(List.of(0.5f), List.of(0.25f)),
        TorchClassifier.Settings.cpu(precision));
  }

  private static Attribution explain(TorchClassifier of, String method, String layer)
      throws IOException {
    return new Attributions(
            of, RulesParityTest.settings("white", layer, Fill.black()), 16, n -> {}, () -> false)
        .of(Methods.named(method), picture())
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "class, attention-rollout",
    "class, attention-relevance",
    "class, attention-x-gradient",
    "class, lrp-attention",
    "class, grad-cam",
    "averaged, attention-rollout",
    "averaged, attention-relevance",
    "averaged, attention-x-gradient",
    "averaged, lrp-attention",
    "averaged, grad-cam"
  })
  void mapsAreTheirAuthors(String name, String method) throws Exception {
    try (TorchClassifier network = open(FOLDER.resolve(name + ".onnx"))) {
      JsonNode reference = references().get(name);
      assertEquals(
          reference.get("logit").get(0).asDouble(), network.logits(List.of(picture()))[0], 1e-5);
      String layer =
          network.layers().stream()
              .filter(each -> each.startsWith("blocks.2.norm1") && network.hasPlaces(each))
              .reduce((first, last) -> last)
              .orElseThrow();
      Attribution found = explain(network, method, layer);
      SaliencyMap map = method.startsWith("lrp") ? found.map() : found.companions().get(0).map();
      float[] expected = values(reference.get(method));
      assertEquals(expected.length, map.values().length);
      double relative = TinyNets.relative(expected, map.values());
      assertTrue(relative < TOLERANCE, "relative L2 " + relative);
    }
  }

  /**
   * Against PE-AWARE-LRP with AttnLRP's softmax (src/test/python/position_maps.py), and what it has
   * more than AttnLRP: the relevance of the embedding of each patch.
   */
  @Test
  void relevanceOfPositionsIsItsAuthors() throws Exception {
    JsonNode reference = references("position.json").get("class");
    float[] expected = values(reference.get("lrp-position"));
    float[] position = values(reference.get("position"));
    try (TorchClassifier network = open(FOLDER.resolve("class.onnx"))) {
      float[] whole = explain(network, "lrp-position", "").map().values();
      float[] content = explain(network, "lrp-attention", "").map().values();
      float[] more = new float[whole.length];
      for (int i = 0; i < more.length; i++) {
        more[i] = whole[i] - content[i];
      }
      assertTrue(TinyNets.relative(expected, whole) < TOLERANCE);
      assertTrue(TinyNets.relative(position, more) < TOLERANCE);
    }
  }

  /** The layer that maps are of unless told is the last one whose patches are read. */
  @ParameterizedTest
  @ValueSource(strings = {"grad-cam", "score-cam", "eigen-cam", "layer-gradient-x-activation"})
  void tokensBehindAClassTokenAreShownOnTheirGrid(String method) throws Exception {
    try (TorchClassifier network = open(FOLDER.resolve("class.onnx"))) {
      String last = network.stages().get(network.stages().size() - 1);
      assertEquals("tokens", last);
      assertTrue(network.hasPlaces(last));
      assertEquals(new FeatureShape(16, 6, 6), network.shape(last));
      SaliencyMap map = explain(network, method, last).companions().get(0).map();
      double size = 0;
      for (float value : map.values()) {
        size += Math.abs(value);
      }
      assertEquals(36, map.values().length);
      assertTrue(size > 0, method);
    }
  }

  /** What is more than AttnLRP is the same for all pixels of a patch, in float32 and in a batch. */
  @ParameterizedTest
  @ValueSource(strings = {"class", "averaged"})
  void relevanceOfPositionsIsSpreadOverPatches(String name) throws Exception {
    try (TorchClassifier network = open(FOLDER.resolve(name + ".onnx"), Precision.FLOAT32)) {
      List<GrayImage> two = List.of(GrayImage.filled(Canvas.square(24), 1), picture());
      float[] whole = network.relevances(RelevanceRule.POSITION, two).get(1);
      float[] content = network.relevances(RelevanceRule.ATTENTION, two).get(1);
      double size = 0;
      for (int i = 0; i < whole.length; i++) {
        int first = i / 24 / 4 * 4 * 24 + i % 24 / 4 * 4;
        double more = whole[i] - content[i];
        assertEquals(whole[first] - content[first], more, 1e-6);
        size += Math.abs(more);
      }
      assertTrue(size > 0.01, "of all " + size);
    }
  }

  @Test
  void relevanceOfPositionsNeedsAnEmbedding() throws Exception {
    Method method = Methods.named("lrp-position");
    try (TorchClassifier plain = RulesNet.classifier(Precision.FLOAT32);
        TorchClassifier windows = open(Path.of("src/test/resources/onnx/swin.onnx"))) {
      for (TorchClassifier each : List.of(plain, windows)) {
        String why = method.obstacle(each, RulesNet.picture()).orElseThrow();
        assertTrue(why.startsWith("lrp-position needs an embedding of places that is "), why);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention-rollout", "attention-relevance", "attention-x-gradient"})
  void networksWithoutAttentionBetweenAllTokensSaySo(String label) throws Exception {
    Method method = Methods.named(label);
    try (TorchClassifier plain = RulesNet.classifier(Precision.FLOAT32);
        TorchClassifier windows = open(Path.of("src/test/resources/onnx/swin.onnx"))) {
      for (TorchClassifier each : List.of(plain, windows)) {
        Optional<String> why = method.obstacle(each, RulesNet.picture());
        assertTrue(
            why.orElseThrow().startsWith(label + " needs attention between all tokens, which "),
            why.toString());
      }
    }
    try (TorchClassifier network = open(FOLDER.resolve("class.onnx"))) {
      assertFalse(method.obstacle(network, picture()).isPresent());
    }
  }
}
