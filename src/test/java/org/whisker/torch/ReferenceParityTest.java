package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Layer.Parameter.Role;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;

/**
 * Outputs and stages on formula weights against what torchvision and timm compute in float64
 * (networks.json, mobilenets.json): relative L2 of the output, and mean, deviation, norm and first
 * values of every stage. timm's {@code mobilenetv2_100} with {@code pad_type="same"} and {@code
 * bn_eps=1e-3} has formula weights under timm's names, so that these are tested, too.
 */
class ReferenceParityTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "vgg16-torchvision-224, 3, 224, 1000",
    "vgg16-torchvision-96, 3, 96, 1000",
    "inception-resnet-v2-timm-299, 3, 299, 1000",
    "inception-resnet-v2-timm-150, 3, 150, 1000",
    "inception-resnet-v2-timm-299-gray-1logit, 1, 299, 1",
    "mobilenet-v2-torchvision-224, 3, 224, 1000",
    "mobilenet-v2-torchvision-half-96, 3, 96, 1000",
    "tf-mobilenet-v2-timm-224, 3, 224, 1000",
    "tf-mobilenet-v2-timm-75-gray-1logit, 1, 75, 1"
  })
  void outputsAndStagesMatch(String entry, int channels, int side, int outputs) throws IOException {
    JsonNode expected = reference(entry);
    Network network = network(entry, new FeatureShape(channels, side, side), outputs);
    Weights weights = weights(expected, network);
    List<String> stages = new ArrayList<>();
    expected.get("stages").fieldNames().forEachRemaining(stages::add);
    try (TorchModule module =
            TorchClassifier.load(
                network,
                weights,
                Preprocessing.identity(),
                Precision.FLOAT32,
                TorchDevice.cpu(),
                stages);
        NDManager scope = module.scope()) {
      float[] image = FormulaWeights.input(channels, side, side, FormulaWeights.REFERENCE_SEED);
      NDArray x = scope.create(image, new Shape(1, channels, side, side));
      NDList found = module.infer(scope, "stages", x);
      for (int i = 0; i < stages.size(); i++) {
        checkStage(stages.get(i), expected.get("stages").get(stages.get(i)), found.get(i));
      }
      checkOutput(expected.get("output"), found.get(stages.size()).toFloatArray());
    }
  }

  private static Weights weights(JsonNode expected, Network network) throws IOException {
    if (!expected.has("tensors")) {
      return new FormulaWeights(network.parameters(), FormulaWeights.REFERENCE_SEED);
    }
    List<Parameter> theirs = new ArrayList<>();
    JsonNode tensors = expected.get("tensors");
    tensors
        .fieldNames()
        .forEachRemaining(
            name -> {
              List<Integer> shape = new ArrayList<>();
              tensors.get(name).forEach(d -> shape.add(d.asInt()));
              theirs.add(new Parameter(name, role(name, shape, tensors), shape));
            });
    Weights formula = new FormulaWeights(theirs, FormulaWeights.REFERENCE_SEED);
    return Layouts.fit(formula, network.parameters());
  }

  /** As Python tells them: a layer with a running mean is a batch norm. */
  private static Role role(String name, List<Integer> shape, JsonNode tensors) {
    int dot = name.lastIndexOf('.');
    boolean norm = tensors.has(name.substring(0, dot) + ".running_mean");
    return switch (name.substring(dot + 1)) {
      case "running_mean" -> Role.RUNNING_MEAN;
      case "running_var" -> Role.RUNNING_VAR;
      case "bias" -> norm ? Role.NORM_BIAS : Role.BIAS;
      default -> shape.size() > 1 ? Role.WEIGHT : Role.NORM_WEIGHT;
    };
  }

  private static JsonNode reference(String entry) throws IOException {
    String file = entry.contains("mobilenet") ? "mobilenets.json" : "networks.json";
    try (InputStream in = ReferenceParityTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in).get(entry);
    }
  }

  private static Network network(String entry, FeatureShape input, int outputs) {
    if (entry.contains("mobilenet")) {
      return mobile(entry, input, outputs);
    }
    return entry.startsWith("vgg16")
        ? Vgg16.of(Vgg16.Options.published().with(input, outputs))
        : InceptionResNetV2.of(InceptionResNetV2.Options.published().with(input, outputs));
  }

  private static Network mobile(String entry, FeatureShape input, int outputs) {
    MobileNetV2.Variant variant =
        entry.startsWith("tf-") ? MobileNetV2.Variant.TENSORFLOW : MobileNetV2.Variant.TORCHVISION;
    double width = entry.contains("half") ? 0.5 : 1;
    return MobileNetV2.of(new MobileNetV2.Options(input, width, variant, true, 0.2, outputs));
  }

  private static void checkStage(String stage, JsonNode expected, NDArray found) {
    List<Long> shape = new ArrayList<>();
    expected.get("shape").forEach(d -> shape.add(d.asLong()));
    assertEquals(new Shape(shape), found.getShape(), stage);
    float[] values = found.toFloatArray();
    double norm = expected.get("l2").asDouble();
    double typical = norm / Math.sqrt(values.length);
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / values.length;
    double std = Math.sqrt(squares / values.length - mean * mean);
    assertEquals(norm, Math.sqrt(squares), TOLERANCE * norm, stage + " norm");
    assertEquals(expected.get("mean").asDouble(), mean, TOLERANCE * typical, stage + " mean");
    assertEquals(expected.get("std").asDouble(), std, TOLERANCE * typical, stage + " std");
    for (int i = 0; i < expected.get("first8").size(); i++) {
      double first = expected.get("first8").get(i).asDouble();
      assertEquals(first, values[i], TOLERANCE * typical, stage + "[" + i + "]");
    }
  }

  private static void checkOutput(JsonNode expected, float[] found) {
    assertEquals(expected.size(), found.length);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      double e = expected.get(i).asDouble();
      difference += (found[i] - e) * (found[i] - e);
      norm += e * e;
    }
    double relative = Math.sqrt(difference / norm);
    System.out.println("relative L2 of the output: " + relative);
    assertTrue(relative < TOLERANCE, "relative L2 " + relative);
  }
}
