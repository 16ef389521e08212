package org.whisker.torch;

import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.random.SplitMix64;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;

/** Small networks of every family, with formula weights, and pictures for them. */
final class TinyNets {
  static final Preprocessing PREPROCESSING = new Preprocessing(0.5f, 0.25f);

  private TinyNets() {}

  static Network vgg(int channels, int side) {
    return vgg(new FeatureShape(channels, side, side));
  }

  static Network vgg(FeatureShape in) {
    Vgg16.Head head = new Vgg16.Head.Flattening(2, 16, 0.3);
    return Vgg16.of(new Vgg16.Options(in, 0.125, true, head, 1));
  }

  static Network inception(int channels, int side) {
    FeatureShape in = new FeatureShape(channels, side, side);
    return InceptionResNetV2.of(new InceptionResNetV2.Options(in, 0.125, 1, 1, 1, 0.2, 1));
  }

  static Network mobile(int channels, int side, MobileNetV2.Variant variant) {
    FeatureShape in = new FeatureShape(channels, side, side);
    return MobileNetV2.of(new MobileNetV2.Options(in, 0.25, variant, true, 0.2, 1));
  }

  static List<Network> all() {
    return List.of(
        vgg(1, 40),
        inception(1, 96),
        mobile(1, 66, MobileNetV2.Variant.TORCHVISION),
        mobile(1, 64, MobileNetV2.Variant.TENSORFLOW));
  }

  static Weights weights(Network network) {
    return new FormulaWeights(network.parameters(), 7);
  }

  static TorchClassifier classifier(Network network, Precision precision, int batch) {
    return classifier(network, weights(network), precision, batch);
  }

  static TorchClassifier classifier(
      Network network, Weights weights, Precision precision, int batch) {
    return new TorchClassifier(
        network.name(),
        network,
        weights,
        PREPROCESSING,
        new TorchClassifier.Settings(precision, TorchDevice.cpu(), batch));
  }

  static List<GrayImage> pictures(Network network, int count) {
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    List<GrayImage> pictures = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      SplitMix64 random = SplitMix64.stream(3, "picture", k);
      float[] values = new float[canvas.pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      pictures.add(new GrayImage(canvas, values));
    }
    return pictures;
  }

  /** L2 of the difference by L2 of the expected. */
  static double relative(float[] expected, float[] found) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return difference == 0 ? 0 : Math.sqrt(difference / norm); // two maps of zeros are equal
  }
}
