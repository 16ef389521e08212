package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.torch.Classifiers.FoldedModel;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * The frozen layers up to a vector of features, in evaluation mode: batch norm uses its running
 * statistics and dropout is off. Not thread-safe.
 */
public final class Backbone implements AutoCloseable {
  private final FeatureShape input;
  private final int planes;
  private final TorchModule module;

  /**
   * Loads the network.
   *
   * @param network ends in a vector
   * @param weights may contain more than the network's
   * @param planes the number of planes of its pictures: 1 for gray, 3 for colours
   * @throws IOException naming the tensor that does not fit
   */
  public Backbone(
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      int planes,
      Precision precision,
      TorchDevice device)
      throws IOException {
    this.input = network.input();
    this.planes = planes;
    Weights own = own(network, weights);
    FoldedModel folded =
        planes > 1
            ? FoldedModel.inColour(network, Layouts.fit(own, network.parameters()))
            : FoldedModel.of(network, own, preprocessing);
    this.module =
        TorchClassifier.load(
            folded.network(), folded.weights(), preprocessing, precision, device, List.of());
  }

  private static Weights own(Network network, Weights weights) {
    Map<String, Tensor> own = new TreeMap<>();
    network
        .parameters()
        .forEach(
            p -> own.put(p.name(), new Tensor(weights.shape(p.name()), weights.floats(p.name()))));
    return Weights.of(own);
  }

  /**
   * The features of pictures, concatenated.
   *
   * @param images count × planes × height × width values, 0 black to 1 white
   */
  public float[] features(FloatBuffer images, int count) {
    try (NDManager scope = module.scope()) {
      Shape shape = new Shape(count, planes, input.height(), input.width());
      NDArray x = TorchModule.array(scope, images, shape);
      return module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
