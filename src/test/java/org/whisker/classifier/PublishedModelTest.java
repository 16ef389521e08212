package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class PublishedModelTest {
  private static Tensor zeros(Integer... shape) {
    int size = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    return Tensor.of(List.of(shape), new float[size]);
  }

  /** TensorFlow's classes begin with the background, so that every cat is one further. */
  @Test
  void numberedMobileNetWithBackground() {
    PublishedModel.Found found =
        PublishedModel.TF_MOBILENET_V2.found(
            Weights.of(
                Map.of(
                    "conv00.weight", zeros(32, 3, 3, 3), "conv52.weight", zeros(1001, 8, 1, 1))));
    assertEquals(1001, found.outputs());
    assertEquals(List.of(282, 283, 284, 285, 286), found.catClasses());
    assertEquals(new ModelCard.Input(3, 224, 224), found.input());
    assertFalse(found.architecture().batchNorm());
    assertEquals(Architecture.Kind.TF_MOBILENET_V2, found.architecture().kind());
  }

  @Test
  void timmsMobileNetOfOneChannel() {
    PublishedModel.Found found =
        PublishedModel.parse("mobilenet-v2")
            .found(
                Weights.of(
                    Map.of(
                        "conv_stem.weight", zeros(32, 1, 3, 3),
                        "bn1.running_mean", zeros(32),
                        "classifier.weight", zeros(5, 8))));
    assertTrue(found.architecture().batchNorm());
    assertEquals(new ModelCard.Input(1, 224, 224), found.input());
    assertEquals(5, found.outputs());
    assertEquals(List.of(), found.catClasses());
  }

  @Test
  void whatIsNotThereIsAsPublished() {
    PublishedModel.Found found = PublishedModel.VGG16.found(Weights.of(Map.of()));
    assertEquals(1000, found.outputs());
    assertEquals(PublishedModel.IMAGENET_CATS, found.catClasses());
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> PublishedModel.parse("resnet"))
                .getMessage());
    assertTrue(message.endsWith("inception-resnet-v2, mobilenet-v2, tf-mobilenet-v2"), message);
  }
}
