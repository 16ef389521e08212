package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.GrayImage;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.random.SplitMix64;
import org.whisker.torch.TrainableNetwork.TrainingStep;
import org.whisker.torch.TrainableNetwork.TrainingTensors;
import org.whisker.weights.Weights;

/** Gradients by the input against finite differences, and that a training step descends. */
class GradientTest {
  static List<Network> both() {
    return TinyNets.all();
  }

  @ParameterizedTest
  @MethodSource("both")
  void inputGradientPredictsASmallStep(Network network) {
    GrayImage picture = TinyNets.pictures(network, 1).get(0);
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 2)) {
      float[] gradient = it.inputGradients(List.of(picture)).get(0);
      float[] direction = new float[gradient.length];
      SplitMix64 random = new SplitMix64(5);
      double predicted = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = gradient[i] + 1e-2f * (float) random.nextGaussian();
        predicted += (double) direction[i] * gradient[i];
      }
      // short enough to stay between the many kinks of a deep network with ReLU6
      double step = (network.name().equals(MobileNetV2.NAME) ? 3e-5 : 1e-3) / Math.sqrt(predicted);
      float[] logits =
          it.logits(List.of(moved(picture, direction, step), moved(picture, direction, -step)));
      double slope = ((double) logits[0] - logits[1]) / (2 * step);
      assertEquals(predicted, slope, 0.03 * Math.abs(predicted));
    }
  }

  private static GrayImage moved(GrayImage picture, float[] direction, double step) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction[i]);
    }
    return new GrayImage(picture.canvas(), values);
  }

  @ParameterizedTest
  @MethodSource("both")
  void batchesDoNotMatter(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 5);
    try (TorchClassifier one = TinyNets.classifier(network, Precision.FLOAT32, 1);
        TorchClassifier many = TinyNets.classifier(network, Precision.FLOAT32, 64)) {
      List<float[]> expected = one.inputGradients(pictures);
      List<float[]> found = many.inputGradients(pictures);
      int same = 0;
      for (int i = 0; i < pictures.size(); i++) {
        double off = TinyNets.relative(expected.get(i), found.get(i));
        same += off < 1e-4 ? 1 : 0;
        assertTrue(off < 0.03, network.name() + " picture " + i + ": " + off);
      }
      // an activation may lie within rounding of where its derivative jumps
      assertTrue(same >= pictures.size() - 1, network.name() + ": " + same);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void trainingFitsAHandfulOfPictures(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 8);
    int pixels = pictures.get(0).canvas().pixels();
    float[] images = new float[8 * pixels];
    float[] targets = new float[8];
    for (int i = 0; i < 8; i++) {
      pictures.get(i).paint(images, i * pixels);
      targets[i] = i % 2;
    }
    try (TrainableNetwork net =
        new TrainableNetwork(network, Precision.FLOAT32, new Preprocessing(0.5f, 0.25f))) {
      TrainableNetwork.seed(1);
      net.begin(TinyNets.weights(network));
      double first = 0;
      double last = 0;
      for (int n = 1; n <= 30; n++) {
        TrainingStep step = new TrainingStep(n, 3e-3, 0.01, 5, 0.5);
        last = net.step(8, FloatBuffer.wrap(images), FloatBuffer.wrap(targets), step).loss();
        first = n == 1 ? last : first;
      }
      assertTrue(last < 0.5 * first, "loss " + first + " to " + last);
    }
  }

  @Test
  void aRestoredStateGoesOnWithTheSameNumbers() {
    Network network = TinyNets.vgg(1, 40);
    float[] images = new float[4 * 1600];
    for (int i = 0; i < 4; i++) {
      TinyNets.pictures(network, 4).get(i).paint(images, i * 1600);
    }
    float[] targets = {0, 1, 0, 1};
    Preprocessing preprocessing = new Preprocessing(0.5f, 0.25f);
    try (TrainableNetwork net = new TrainableNetwork(network, Precision.FLOAT32, preprocessing);
        TrainableNetwork other = new TrainableNetwork(network, Precision.FLOAT32, preprocessing)) {
      net.begin(TinyNets.weights(network));
      net.step(
          4,
          FloatBuffer.wrap(images),
          FloatBuffer.wrap(targets),
          new TrainingStep(1, 1e-3, 0.01, 1, 0.1));
      other.restore(net.state());
      TrainableNetwork.seed(9);
      TrainingStep second = new TrainingStep(2, 1e-3, 0.01, 1, 0.1);
      double expected =
          net.step(4, FloatBuffer.wrap(images), FloatBuffer.wrap(targets), second).loss();
      TrainableNetwork.seed(9);
      assertEquals(
          expected,
          other.step(4, FloatBuffer.wrap(images), FloatBuffer.wrap(targets), second).loss());
    }
  }

  @Test
  void tensorsLongerThanAPieceGoInAndOutWhole() {
    Vgg16.Head head = new Vgg16.Head.Flattening(6, 2048, 0.3);
    Network network =
        Vgg16.of(new Vgg16.Options(new FeatureShape(1, 32, 32), 0.125, true, head, 1));
    Weights weights = TinyNets.weights(network);
    String longest = "classifier.0.weight";
    assertTrue(weights.floats(longest).remaining() > TrainingTensors.PIECE);
    Preprocessing preprocessing = new Preprocessing(0.5f, 0.25f);
    try (TrainableNetwork net = new TrainableNetwork(network, Precision.FLOAT32, preprocessing);
        TrainableNetwork other = new TrainableNetwork(network, Precision.FLOAT32, preprocessing)) {
      net.begin(weights);
      other.restore(net.state());
      for (String name : weights.names()) {
        assertEquals(weights.floats(name), other.averagedWeights().floats(name), name);
      }
      assertTrue(net.state().names().contains("weights.0001"), net.state().names().toString());
    }
  }
}
