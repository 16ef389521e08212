package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Output;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Networks of three channels that are shown pictures in colours, and gray ones beside them. */
class ColourTest {
  private static final int SIDE = 40;

  /** Small, since a ReLU or a maximum may flip on the way; large enough for logits in float32. */
  private static final float STEP = 1 / 4096f;

  private static final Canvas CANVAS = Canvas.square(SIDE);
  private static final Network NETWORK = TinyNets.vgg(3, SIDE);
  private static final Weights WEIGHTS = TinyNets.weights(NETWORK);
  private static final Preprocessing SAME = TinyNets.PREPROCESSING;
  private static final Preprocessing IMAGENET =
      new Preprocessing(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

  private static TorchClassifier open(
      Preprocessing preprocessing, Weights weights, Precision precision) throws IOException {
    ModelCard card =
        new ModelCard(
            "colour",
            Architecture.imported(NETWORK),
            new ModelCard.Input(3, SIDE, SIDE),
            preprocessing,
            Output.NOT_CAT_LOGIT,
            Padding.ZERO,
            null,
            null,
            WeightsFile.UNSAVED,
            Instant.EPOCH,
            "test");
    return Classifiers.of(card, weights, TorchClassifier.Settings.cpu(precision));
  }

  private static PlanarImage colours(int number) {
    SplitMix64 random = SplitMix64.stream(5, "colours", number);
    float[] values = new float[3 * CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return PlanarImage.of(CANVAS, values);
  }

  private static PlanarImage permuted(PlanarImage picture, int... planes) {
    float[] values = new float[3 * CANVAS.pixels()];
    for (int i = 0; i < planes.length; i++) {
      picture.plane(planes[i]).paint(values, i * CANVAS.pixels());
    }
    return PlanarImage.of(CANVAS, values);
  }

  @Test
  void seesColoursAndTheGrayOfOthersAsBefore() throws IOException {
    for (Preprocessing each : List.of(SAME, IMAGENET)) {
      try (TorchClassifier it = open(each, WEIGHTS, Precision.FLOAT32)) {
        assertEquals(3, it.planes());
        PlanarImage colours = colours(1);
        GrayImage gray = GrayImage.of(colours);
        float[] logits = it.logits(List.of(colours, gray, BlackPixels.none(CANVAS), colours));
        assertEquals(logits[0], logits[3]);
        assertTrue(Math.abs(logits[0] - logits[1]) > 1e-4, "colours count");
        // three equal planes are what gray is for it
        assertEquals(logits[1], it.logits(List.of(gray.in(3)))[0], 1e-4);
        assertEquals(logits[1], it.logits(List.of(gray))[0]);
      }
    }
  }

  @Test
  void permutingPlanesOfPictureAndWeightsTogetherChangesNothing() throws IOException {
    Preprocessing turned =
        new Preprocessing(List.of(0.406f, 0.485f, 0.456f), List.of(0.225f, 0.229f, 0.224f));
    try (TorchClassifier it = open(IMAGENET, WEIGHTS, Precision.FLOAT64);
        TorchClassifier other = open(turned, firstLayer(2, 0, 1), Precision.FLOAT64)) {
      PlanarImage picture = colours(2);
      PlanarImage permuted = permuted(picture, 2, 0, 1);
      assertEquals(it.logits(List.of(picture))[0], other.logits(List.of(permuted))[0], 1e-5);
      float[] gradient = it.inputGradients(List.of(picture)).get(0);
      float[] moved = other.inputGradients(List.of(permuted)).get(0);
      assertArrayEquals(permuted(PlanarImage.of(CANVAS, gradient), 2, 0, 1).values(), moved, 1e-6f);
    }
  }

  /** The weights with the first convolution's input channels in another order. */
  private static Weights firstLayer(int... planes) {
    String name = NETWORK.parameters().get(0).name();
    List<Integer> shape = WEIGHTS.shape(name);
    FloatBuffer from = WEIGHTS.floats(name);
    int each = shape.get(2) * shape.get(3);
    float[] values = new float[from.remaining()];
    for (int i = 0; i < values.length; i++) {
      int filter = i / (3 * each);
      int plane = i / each % 3;
      values[i] = from.get((filter * 3 + planes[plane]) * each + i % each);
    }
    return Weights.of(Map.of(name, Tensor.of(shape, values))).over(WEIGHTS);
  }

  @Test
  void weightsThatAreEqualInAllChannelsSeeTheMeanOfTheColours() throws IOException {
    String name = NETWORK.parameters().get(0).name();
    List<Integer> shape = WEIGHTS.shape(name);
    FloatBuffer from = WEIGHTS.floats(name);
    int each = shape.get(2) * shape.get(3);
    float[] values = new float[from.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get(i / (3 * each) * 3 * each + i % each);
    }
    Weights equal = Weights.of(Map.of(name, Tensor.of(shape, values))).over(WEIGHTS);
    try (TorchClassifier it = open(SAME, equal, Precision.FLOAT64)) {
      PlanarImage picture = colours(3);
      float[] mean = new float[CANVAS.pixels()];
      for (int i = 0; i < mean.length; i++) {
        mean[i] =
            (picture.at(i) + picture.at(mean.length + i) + picture.at(2 * mean.length + i)) / 3;
      }
      float[] logits = it.logits(List.of(picture, new GrayImage(CANVAS, mean)));
      assertEquals(logits[1], logits[0], 1e-4);
    }
  }

  @Test
  void gradientsAreThoseOfFiniteDifferencesInEachPlane() throws IOException {
    for (Preprocessing preprocessing : List.of(SAME, IMAGENET)) {
      try (TorchClassifier it = open(preprocessing, WEIGHTS, Precision.FLOAT64)) {
        PlanarImage picture = colours(4);
        float[] gradient = it.inputGradients(List.of(picture)).get(0);
        assertEquals(3 * CANVAS.pixels(), gradient.length);
        int places = 24;
        float[] expected = new float[places];
        float[] found = new float[places];
        for (int k = 0; k < places; k++) {
          int i = k * 199 + 7; // in all three planes
          float[] up = picture.values();
          float[] down = picture.values();
          up[i] += STEP;
          down[i] -= STEP;
          float[] logits = it.logits(List.of(picture.with(up), picture.with(down)));
          expected[k] = (float) (((double) logits[0] - logits[1]) / ((double) up[i] - down[i]));
          found[k] = gradient[i];
        }
        double relative = TinyNets.relative(expected, found);
        System.out.println("gradient in colours against finite differences: " + relative);
        assertTrue(relative < 0.02, "relative L2 " + relative);
      }
    }
  }

  @Test
  void patchesOnColoursAreThoseOfFullPasses() throws IOException {
    for (Preprocessing preprocessing : List.of(SAME, IMAGENET)) {
      try (TorchClassifier it = open(preprocessing, WEIGHTS, Precision.FLOAT32)) {
        PlanarImage base = colours(6);
        List<Patch> patches = new ArrayList<>();
        patches.add(Patch.pixel(3, 4, 0));
        patches.add(Patch.pixel(39, 39, 1));
        float[] small = new float[12];
        for (int i = 0; i < small.length; i++) {
          small[i] = i / 12f;
        }
        patches.add(new Patch(20, 0, PlanarImage.of(Canvas.square(2), small)));
        try (PatchScorer scorer = it.patches(base)) {
          float[] found = scorer.logits(patches);
          List<Raster> full = patches.stream().map(patch -> patch.on(base)).toList();
          assertArrayEquals(it.logits(full), found, 1e-4f);
        }
      }
    }
  }

  @Test
  void otherDerivativesTakeColours() throws IOException {
    try (TorchClassifier it = open(IMAGENET, WEIGHTS, Precision.FLOAT64)) {
      PlanarImage picture = colours(7);
      Raster white = BlackPixels.none(CANVAS);
      float[] logits = it.logits(List.of(picture, white));
      float[] rescaled = it.rescaled(List.of(picture), List.of(white)).get(0);
      assertEquals(CANVAS.pixels(), rescaled.length);
      double sum = 0;
      for (float value : rescaled) {
        sum += value;
      }
      assertEquals((double) logits[0] - logits[1], sum, 1e-3);
      float[] relevance = it.relevances(RelevanceRule.EPSILON_PLUS, List.of(picture)).get(0);
      assertEquals(CANVAS.pixels(), relevance.length);
      String layer = it.stages().get(1);
      assertEquals(1, it.features(layer, List.of(picture)).size());
      float[] weights = new float[it.shape(layer).channels()];
      weights[0] = 1;
      assertEquals(
          3 * CANVAS.pixels(),
          it.unitGradients(layer, 2, 2, weights, List.of(picture)).get(0).length);
    }
  }

  @Test
  void aNetworkThatWasTrainedHereOnGraySeesGray() {
    TrainingRecord gray = new TrainingRecord("photos", false, Map.of(), 1, 0, Map.of());
    TrainingRecord colour =
        new TrainingRecord("photos", false, Map.of(), 1, 0, Map.of("colour", "true"));
    assertEquals(1, card(gray).planes());
    assertEquals(3, card(colour).planes());
  }

  private static ModelCard card(TrainingRecord training) {
    return new ModelCard(
        "colour",
        Architecture.imported(NETWORK),
        new ModelCard.Input(3, SIDE, SIDE),
        SAME,
        Output.NOT_CAT_LOGIT,
        Padding.ZERO,
        training,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "test");
  }
}
