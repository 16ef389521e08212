package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LockStep;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
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

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void howManyThreadsThereAreChangesNoLogit(Precision precision) throws IOException {
    for (String model : MODELS) {
      try (TorchClassifier network = open(model, precision)) {
        List<Raster> pictures = new ArrayList<>(pictures(20, network.canvas()));
        pictures.addAll(noise(13, network.canvas()));
        float[] one = withThreads(1, () -> network.logits(pictures));
        for (int threads = 2; threads <= 4; threads++) {
          String where = model + ", threads: " + threads;
          assertArrayEquals(one, withThreads(threads, () -> network.logits(pictures)), where);
          for (int n : new int[] {1, 2, 3, 7}) {
            assertArrayEquals(
                Arrays.copyOf(one, n),
                withThreads(threads, () -> network.logits(pictures.subList(0, n))),
                where + ", pictures: " + n);
          }
        }
      }
    }
  }

  @Test
  void norAnyLogitOfAPatch() throws IOException {
    for (String model : List.of("vgg16-mini", "mobilenet-v2-cats")) {
      try (TorchClassifier network = open(model, Precision.FLOAT32)) {
        List<Patch> patches =
            IntStream.range(0, 21).mapToObj(i -> Patch.pixel(5 * i, 3 * i, 0)).toList();
        GrayImage base = noise(1, network.canvas()).get(0);
        float[] one = withThreads(1, () -> scores(network, base, patches));
        for (int threads = 2; threads <= 3; threads++) {
          assertArrayEquals(one, withThreads(threads, () -> scores(network, base, patches)), model);
        }
      }
    }
  }

  private static float[] scores(TorchClassifier network, GrayImage base, List<Patch> patches) {
    try (PatchScorer scorer = network.patches(base)) {
      return scorer.logits(patches);
    }
  }

  private static List<GrayImage> noise(int count, Canvas canvas) {
    Random random = new Random(6);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] gray = new float[canvas.pixels()];
              for (int k = 0; k < gray.length; k++) {
                gray[k] = random.nextFloat();
              }
              return new GrayImage(canvas, gray);
            })
        .toList();
  }

  /** On a thread whose operators would use so many. */
  static <T> T withThreads(int threads, Supplier<T> work) {
    int before = OperatorThreads.count();
    JniUtils.setNumThreads(threads);
    try {
      return work.get();
    } finally {
      JniUtils.setNumThreads(before);
    }
  }
}
