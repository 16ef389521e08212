package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.weights.FormulaWeights;

/** A network of known layers, of three channels with means of their own, and of several classes. */
class ClassLogitTest {
  private static final List<Integer> CATS = List.of(2, 3, 6);
  private static final TorchClassifier.Settings CPU =
      TorchClassifier.Settings.cpu(Precision.FLOAT32);

  private static ModelCard card(Output output) {
    return new ModelCard(
        "classes",
        new Architecture(Architecture.Kind.VGG16, 0.125, List.of(), true, 8, 1, 0.3),
        new ModelCard.Input(3, 32, 32),
        new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f)),
        output,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "0.1.0");
  }

  private static TorchClassifier open() throws IOException {
    ModelCard card = card(new Output(Output.Form.LOGITS, 7, CATS));
    return Classifiers.of(card, new FormulaWeights(Networks.of(card).parameters(), 3), CPU);
  }

  private static GrayImage noise(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] values = new float[32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new GrayImage(Canvas.square(32), values);
  }

  @Test
  void outputsAreThoseBeforeTheLogit() throws IOException {
    try (TorchClassifier classifier = open()) {
      var head = classifier.features("classifier.6", List.of(noise(1))).get(0);
      float[] outputs = classifier.outputs(List.of(noise(1), noise(2))).get(0);
      assertEquals(7, outputs.length);
      for (int c = 0; c < 7; c++) {
        assertEquals(head.activation(c, 0, 0), outputs[c], 1e-5);
      }
    }
  }

  @Test
  void theLogitIsThatOfTheSummedProbabilities() throws IOException {
    try (TorchClassifier classifier = open()) {
      var head = classifier.features("classifier.6", List.of(noise(1))).get(0);
      double cats = 0;
      double others = 0;
      for (int c = 0; c < 7; c++) {
        double e = Math.exp(head.activation(c, 0, 0));
        cats += CATS.contains(c) ? e : 0;
        others += CATS.contains(c) ? 0 : e;
      }
      float logit = classifier.logits(List.of(noise(1)))[0];
      assertEquals(Math.log(others / cats), logit, 1e-5);
      // by its derivative: a softmax over each side
      assertEquals(-Math.exp(head.activation(2, 0, 0)) / cats, head.gradient(2, 0, 0), 1e-5);
      assertEquals(Math.exp(head.activation(0, 0, 0)) / others, head.gradient(0, 0, 0), 1e-5);
    }
  }

  @Test
  void oneClassAgainstAnotherIsTheDifferenceOfTheirLogits() throws IOException {
    ModelCard card =
        card(new Output(Output.Form.LOGITS, 7, List.of(2), "dog against wolf", List.of(5)));
    assertEquals(card.output(), Output.parse(card.output().label()));
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 3);
    try (TorchClassifier classifier = Classifiers.of(card, weights, CPU)) {
      float[] outputs = classifier.outputs(List.of(noise(1), noise(2))).get(0);
      assertEquals(outputs[5] - outputs[2], classifier.logits(List.of(noise(1)))[0], 1e-5);
    }
  }

  @Test
  void smallChangesAreFollowedInColour() throws IOException {
    GrayImage base = noise(1);
    try (TorchClassifier classifier = open();
        PatchScorer patches = classifier.patches(base)) {
      List<Patch> changes = new ArrayList<>();
      for (int at = 0; at < 32; at += 9) {
        changes.add(Patch.pixel(at, 31 - at, 0));
      }
      float[] full = classifier.logits(changes.stream().map(change -> change.on(base)).toList());
      float[] followed = patches.logits(changes);
      for (int i = 0; i < full.length; i++) {
        assertEquals(full[i], followed[i], 1e-4, "patch " + i);
      }
    }
  }

  @Test
  void aNetworkGivesLogits() {
    ModelCard card = card(new Output(Output.Form.SIGMOID, 1, List.of(0)));
    assertThrows(IllegalArgumentException.class, () -> Networks.of(card));
  }
}
