package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LockStep;
import org.whisker.classifier.ModelStore;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** What searches in lock step rely on: a logit does not depend on the pictures beside it. */
class LockStepScoresTest {
  private static final List<String> MODELS =
      List.of("vgg16-mini", "inception-resnet-v2-mini", "mobilenet-v2-cats");

  private static BlackPixels drawn(Canvas canvas, Random random) {
    return BlackPixels.of(
        canvas, random.ints(0, canvas.pixels()).distinct().limit(30).sorted().toArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aLogitIsTheSameInAnyCompany(Precision precision) throws Exception {
    for (String model : MODELS) {
      try (Classifier network =
          Classifiers.open(
              new ModelStore(Path.of("models")).open(model),
              TorchClassifier.Settings.cpu(precision))) {
        Random random = new Random(5);
        List<BlackPixels> pictures =
            IntStream.range(0, 23).mapToObj(i -> drawn(network.canvas(), random)).toList();
        try (Classifier member = new LockStep(network).enter()) {
          float[] all = member.logits(pictures);
          for (int i = 0; i < 5; i++) {
            assertEquals(all[i], member.logits(List.of(pictures.get(i)))[0], model + " " + i);
          }
          assertArrayEquals(
              Arrays.copyOfRange(all, 10, 23), member.logits(pictures.subList(10, 23)), model);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aBatchInPartsHasTheLogitsOfTheWhole(Precision precision) throws Exception {
    for (String model : MODELS) {
      try (TorchClassifier network =
          Classifiers.open(
              new ModelStore(Path.of("models")).open(model),
              TorchClassifier.Settings.cpu(precision))) {
        Random random = new Random(6);
        List<BlackPixels> pictures =
            IntStream.range(0, 92).mapToObj(i -> drawn(network.canvas(), random)).toList();
        try (TorchClassifier.BareForward whole = network.bareForward(pictures)) {
          assertArrayEquals(whole.pass(), network.logits(pictures), model);
        }
      }
    }
  }
}
