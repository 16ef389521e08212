package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Teacher.TeacherFeatures;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;

class TeacherFeaturesTest {
  private static final Preprocessing PREPROCESSING = new Preprocessing(0.5f, 0.25f);
  private static final Network NETWORK =
      MobileNetV2.of(
          new MobileNetV2.Options(
              new FeatureShape(1, 64, 64), 0.25, MobileNetV2.Variant.TENSORFLOW, true, 0.2, 1));
  private static final Weights WEIGHTS = new FormulaWeights(NETWORK.parameters(), 7);

  private static List<PlanarImage> pictures() {
    List<PlanarImage> pictures = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      SplitMix64 random = SplitMix64.stream(3, "picture", n);
      float[] values = new float[64 * 64];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      pictures.add(new GrayImage(Canvas.square(64), values));
    }
    return pictures;
  }

  @Test
  void aRowIsTheLogitAndWhatTheLastLayerReads() throws IOException {
    int features = TeacherFeatures.count(NETWORK);
    assertEquals(1280, features);
    try (TeacherFeatures teacher =
            new TeacherFeatures(
                NETWORK, WEIGHTS, PREPROCESSING, 1, Precision.FLOAT32, TorchDevice.cpu());
        TorchClassifier classifier =
            new TorchClassifier(
                "net",
                NETWORK,
                WEIGHTS,
                PREPROCESSING,
                new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 2))) {
      float[] rows = teacher.of(pictures());
      assertEquals(3 * (1 + features), rows.length);
      float[] logits = classifier.logits(pictures());
      List<Features> maps = classifier.features("features.18", pictures());
      for (int n = 0; n < 3; n++) {
        int row = n * (1 + features);
        assertEquals(logits[n], rows[row], 1e-5 * Math.max(1, Math.abs(logits[n])));
        for (int channel : List.of(0, 17, features - 1)) {
          assertEquals(mean(maps.get(n), channel), rows[row + 1 + channel], 1e-4);
        }
      }
    }
  }

  private static double mean(Features maps, int channel) {
    double sum = 0;
    for (int y = 0; y < maps.shape().height(); y++) {
      for (int x = 0; x < maps.shape().width(); x++) {
        sum += maps.activation(channel, y, x);
      }
    }
    return sum / (maps.shape().height() * maps.shape().width());
  }
}
