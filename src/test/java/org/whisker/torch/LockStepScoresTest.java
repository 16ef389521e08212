package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
import org.whisker.torch.natives.OperatorThreads;

/** What searches in lock step rely on: a logit does not depend on the pictures beside it. */
class LockStepScoresTest {
  private static final List<String> MODELS =
      List.of("vgg16-mini", "inception-resnet-v2-mini", "mobilenet-v2-cats");

  private static TorchClassifier open(String model, Precision precision) throws IOException {
    return Classifiers.open(
        new ModelStore(Path.of("models")).open(model), TorchClassifier.Settings.cpu(precision));
  }

  private static List<BlackPixels> pictures(int count, Canvas canvas) {
    Random random = new Random(5);
    return IntStream.range(0, count)
        .mapToObj(i -> random.ints(0, canvas.pixels()).distinct().limit(30).sorted().toArray())
        .map(pixels -> BlackPixels.of(canvas, pixels))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aLogitIsTheSameInAnyCompany(Precision precision) throws IOException {
    for (String model : MODELS) {
      try (TorchClassifier network = open(model, precision);
          Classifier member = new LockStep(network).enter()) {
        List<BlackPixels> pictures = pictures(23, network.canvas());
        float[] all = member.logits(pictures);
        for (int i = 0; i < 5; i++) {
          assertEquals(all[i], member.logits(List.of(pictures.get(i)))[0], model + " " + i);
        }
        assertArrayEquals(
            Arrays.copyOfRange(all, 10, 23), member.logits(pictures.subList(10, 23)), model);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void withOneThreadAnyNumberIsScoredAlike(Precision precision) throws IOException {
    for (String model : MODELS) {
      try (TorchClassifier network = open(model, precision);
          OperatorThreads.Scope one = OperatorThreads.one()) {
        assumeTrue(network.fewestTogether() == 1 && one != null, "not on this processor");
        List<BlackPixels> pictures = pictures(24, network.canvas());
        float[] all = network.logits(pictures);
        for (int n : new int[] {1, 2, 3, 5, 6, 7, 11, 17}) {
          float[] some = network.logits(pictures.subList(0, n));
          assertArrayEquals(Arrays.copyOf(all, n), some, model + " " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aBatchInPartsHasTheLogitsOfTheWhole(Precision precision) throws IOException {
    for (String model : MODELS) {
      try (TorchClassifier network = open(model, precision)) {
        List<BlackPixels> pictures = pictures(92, network.canvas());
        try (TorchClassifier.BareForward whole = network.bareForward(pictures)) {
          assertArrayEquals(whole.pass(), network.logits(pictures), model);
        }
      }
    }
  }
}
