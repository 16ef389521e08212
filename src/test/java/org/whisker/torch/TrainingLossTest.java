package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.torch.TrainableNetwork.TrainingStep;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** On a linear layer, of which loss and gradient can be computed by hand. */
class TrainingLossTest {
  /** z = weight · x + bias, x of two numbers. */
  private static final Network LINEAR = linear(1);

  private static final Weights WEIGHTS =
      Weights.of(
          Map.of(
              "classifier.6.weight", Tensor.of(List.of(1, 2), 0.5f, 0.25f),
              "classifier.6.bias", Tensor.of(List.of(1), -0.5f)));

  /** A linear layer on two numbers. */
  private static Network linear(int outputs) {
    Vgg16.Head head = new Vgg16.Head.Flattening(1, 2, 0);
    FeatureShape input = new FeatureShape(1, 32, 32);
    return HeadSplit.of(Vgg16.of(new Vgg16.Options(input, 0.125, true, head, outputs))).head();
  }

  /** Of pictures (1, 0) and (3, 0), so z = 0 and 1. */
  private static TrainableNetwork.StepResult step(TrainingStep.Loss loss, float... targets) {
    try (TrainableNetwork net =
        new TrainableNetwork(
            LINEAR, Precision.FLOAT32, Preprocessing.identity(), TorchDevice.cpu(), loss)) {
      net.begin(WEIGHTS);
      FloatBuffer images = FloatBuffer.wrap(new float[] {1, 0, 3, 0});
      return net.step(2, images, FloatBuffer.wrap(targets), new TrainingStep(1, 0, 0, 1e9, 1));
    }
  }

  @Test
  void divergenceAtTemperatureTwo() {
    // teacher 2 and -2, student 0 and 1: sigmoids of 1, -1 and of 0, 1/2
    TrainableNetwork.StepResult result = step(new TrainingStep.Loss.Divergence(2), 2, -2);
    assertEquals(4 * (0.1109440716 + 0.2574031646) / 2, result.loss(), 1e-6);
    double first = 2 * (0.5 - 0.7310585786) / 2;
    double second = 2 * (0.6224593312 - 0.2689414214) / 2;
    assertEquals(Math.hypot(first + 3 * second, first + second), result.gradientNorm(), 1e-6);
  }

  @Test
  void atTemperatureOneItIsCrossEntropyLessTheTeachersEntropy() {
    TrainableNetwork.StepResult divergence =
        step(new TrainingStep.Loss.Divergence(1), 0, (float) Math.log(3));
    TrainableNetwork.StepResult entropy = step(new TrainingStep.Loss.CrossEntropy(), 0.5f, 0.75f);
    double entropies = -Math.log(0.5) - 0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertEquals(entropy.loss() - entropies / 2, divergence.loss(), 1e-6);
    assertEquals(entropy.gradientNorm(), divergence.gradientNorm(), 1e-6);
  }

  @Test
  void whatTheTeacherSaysCostsNothing() {
    for (double temperature : List.of(0.5, 1.0, 4.0)) {
      TrainableNetwork.StepResult result =
          step(new TrainingStep.Loss.Divergence(temperature), 0, 1);
      assertEquals(0, result.loss(), 1e-6);
      assertEquals(0, result.gradientNorm(), 1e-6);
    }
  }

  @Test
  void aCertainTeacherGivesNumbers() {
    TrainableNetwork.StepResult result = step(new TrainingStep.Loss.Divergence(1), 500, -500);
    // -ln sigmoid(0) and -ln sigmoid(-1)
    assertEquals((Math.log(2) + Math.log1p(Math.E)) / 2, result.loss(), 1e-5);
    assertTrue(result.gradientNorm() > 0.5);
  }

  @Test
  void temperaturesThatCannotBe() {
    for (double bad : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> new TrainingStep.Loss.Divergence(bad))
              .toString()
              .contains("temperature must be above 0, was " + bad));
    }
  }

  /** Outputs of pictures (1, 0) and (3, 0): logits as above, features x and 2 x. */
  @Test
  void theShareOfTheFeaturesVarianceThatIsNotPredicted() {
    Network wide = linear(3);
    Weights weights =
        Weights.of(
            Map.of(
                "classifier.6.weight", Tensor.of(List.of(3, 2), 0.5f, 0.25f, 1, 0, 2, 0),
                "classifier.6.bias", Tensor.of(List.of(3), -0.5f, 0, 0)));
    TrainingStep.Loss logit = new TrainingStep.Loss.Divergence(2);
    float[] targets = {2, 2, 3, -2, 3, 9};
    try (TrainableNetwork net =
        new TrainableNetwork(
            wide,
            Precision.FLOAT32,
            Preprocessing.identity(),
            TorchDevice.cpu(),
            new TrainingStep.Loss.WithFeatures(logit, 2, 0.5))) {
      net.begin(weights);
      FloatBuffer images = FloatBuffer.wrap(new float[] {1, 0, 3, 0});
      double loss =
          net.step(2, images, FloatBuffer.wrap(targets), new TrainingStep(1, 0, 0, 1e9, 1)).loss();
      // errors 1, 1, 0, 3; the features' deviations from their means are 1/2, 1/2, 3, 3
      double unexplained = (1 + 1 + 0 + 9) / (0.25 + 0.25 + 9 + 9);
      assertEquals(step(logit, 2, -2).loss() + 0.5 * unexplained, loss, 1e-6);
      assertArrayEquals(new float[] {0, 1}, net.logits(images, 2), 1e-6f);
      double last = loss;
      for (int n = 1; n <= 400; n++) {
        TrainingStep step = new TrainingStep(n, 0.02, 0, 1e9, 1);
        last = net.step(2, images, FloatBuffer.wrap(targets), step).loss();
      }
      assertTrue(last < 0.01, "all can be predicted: " + last);
    }
  }
}
