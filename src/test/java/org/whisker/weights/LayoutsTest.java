package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Layer.Parameter.Role;
import org.whisker.weights.Weights.Tensor;

class LayoutsTest {
  private static final List<Parameter> SCHEMA =
      List.of(
          weight("features.0.weight", 2, 1, 1, 1),
          weight("classifier.0.weight", 3, 8),
          new Parameter("classifier.0.bias", Role.BIAS, List.of(3)),
          weight("classifier.3.weight", 3, 3),
          weight("classifier.6.weight", 1, 3));

  private static Parameter weight(String name, Integer... shape) {
    return new Parameter(name, Role.WEIGHT, List.of(shape));
  }

  private static Tensor counting(int from, Integer... shape) {
    int size = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = from + i;
    }
    return Tensor.of(List.of(shape), values);
  }

  private static Map<String, Tensor> ours() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("features.0.weight", counting(0, 2, 1, 1, 1));
    tensors.put("classifier.0.weight", counting(100, 3, 8));
    tensors.put("classifier.0.bias", counting(200, 3));
    tensors.put("classifier.3.weight", counting(300, 3, 3));
    tensors.put("classifier.6.weight", counting(400, 1, 3));
    return tensors;
  }

  private static Map<String, Tensor> timm() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("features.0.weight", counting(0, 2, 1, 1, 1));
    tensors.put("pre_logits.fc1.weight", counting(100, 3, 2, 2, 2));
    tensors.put("pre_logits.fc1.bias", counting(200, 3));
    tensors.put("pre_logits.fc2.weight", counting(300, 3, 3, 1, 1));
    tensors.put("head.fc.weight", counting(400, 1, 3));
    return tensors;
  }

  private static void same(Map<String, Tensor> source) throws IOException {
    Weights fitted = Layouts.fit(Weights.of(source), SCHEMA);
    assertEquals(ours().keySet(), Set.copyOf(fitted.names()));
    for (Parameter parameter : SCHEMA) {
      assertEquals(parameter.shape(), fitted.shape(parameter.name()));
      float[] wanted = SafetensorsTest.values(Weights.of(ours()), parameter.name());
      assertArrayEquals(wanted, SafetensorsTest.values(fitted, parameter.name()));
    }
  }

  private static String refusal(Map<String, Tensor> source) {
    IOException e = assertThrows(IOException.class, () -> Layouts.fit(Weights.of(source), SCHEMA));
    return String.valueOf(e.getMessage());
  }

  private static void refused(Map<String, Tensor> source, String part) {
    String message = refusal(source);
    assertTrue(message.contains(part), message);
  }

  @Test
  void takesOurOwnNamesAndTimms() throws IOException {
    same(ours());
    same(timm());
  }

  /** In the order of the layers, the linear one written as a convolution. */
  @Test
  void takesNumberedLayers() throws IOException {
    Map<String, Tensor> source = new LinkedHashMap<>();
    source.put("conv00.weight", counting(0, 2, 1, 1, 1));
    source.put("conv01.weight", counting(100, 3, 8, 1, 1));
    source.put("conv01.bias", counting(200, 3));
    source.put("conv02.weight", counting(300, 3, 3));
    source.put("conv03.weight", counting(400, 1, 3));
    same(source);
    source.put("conv04.weight", counting(400, 1, 3));
    refused(source, "no tensor conv04.weight");
  }

  @Test
  void ignoresBatchCounters() throws IOException {
    Map<String, Tensor> source = ours();
    source.put("features.1.num_batches_tracked", Tensor.of(List.of(), 5));
    same(source);
  }

  @Test
  void namesTheFirstMissing() {
    Map<String, Tensor> source = ours();
    source.remove("classifier.3.weight");
    source.remove("classifier.6.weight");
    refused(source, "tensor classifier.3.weight is missing (shape [3, 3])");
    Map<String, Tensor> fromTimm = timm();
    fromTimm.remove("head.fc.weight");
    refused(fromTimm, "tensor head.fc.weight is missing");
  }

  @Test
  void namesTheFirstOfAnotherShape() {
    Map<String, Tensor> source = ours();
    source.put("classifier.0.weight", counting(0, 8, 3));
    refused(source, "classifier.0.weight has shape [8, 3], the network needs [3, 8]");
    source.put("classifier.0.weight", counting(0, 3, 2, 2, 2));
    refused(source, "shape [3, 2, 2, 2]");
    Map<String, Tensor> fromTimm = timm();
    fromTimm.put("pre_logits.fc1.weight", counting(0, 3, 2, 3, 3));
    refused(fromTimm, "pre_logits.fc1.weight has shape [3, 2, 3, 3], the network needs [3, 8]");
  }

  @Test
  void namesTheFirstLeftOver() {
    Map<String, Tensor> source = ours();
    source.put("z", counting(0, 1));
    source.put("features.9.bias", counting(0, 2));
    refused(source, "no tensor features.9.bias [2]");
    Map<String, Tensor> both = timm();
    both.put("classifier.3.weight", counting(0, 3, 3));
    refused(both, "no tensor classifier.3.weight");
  }

  @Test
  void refusesNumbersThatAreNone() {
    Map<String, Tensor> source = ours();
    source.put("classifier.0.bias", Tensor.of(List.of(3), 1, Float.NaN, 2));
    String message = refusal(source);
    assertTrue(message.contains("classifier.0.bias of the weights in memory holds NaN at 1"));
    assertFalse(message.contains("architecture"), "no option mends it");
    source.put("classifier.0.bias", Tensor.of(List.of(3), 1, 2, Float.NEGATIVE_INFINITY));
    refused(source, "classifier.0.bias of the weights in memory holds -Infinity at 2");
  }
}
