package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;

/**
 * Derivatives at the nodes of a network whose scoring module is loaded: compiled on first use,
 * sharing its tensors.
 */
final class FeatureModule implements AutoCloseable {
  private final Network network;
  private final FeatureScript script;
  private final TorchDevice device;
  private final TorchModule scoring;
  private @Nullable TorchModule loaded;

  FeatureModule(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      TorchDevice device,
      TorchModule scoring) {
    this.network = network;
    this.script = new FeatureScript(network, precision, preprocessing);
    this.device = device;
    this.scoring = scoring;
  }

  FeatureShape shape(int node) {
    return network.nodes().get(node).shape();
  }

  /**
   * The output of a node, and the derivative with respect to it of the outputs' sum weighted by w.
   */
  List<Features> features(NDManager scope, int node, NDArray x, NDArray w) {
    NDList found = module().record(scope, "features", x, scope.create(node), w);
    List<Features> features = new ArrayList<>();
    for (int i = 0; i < x.getShape().get(0); i++) {
      float[] activation = found.get(0).get(i).toFloatArray();
      float[] gradient = found.get(1).get(i).toFloatArray();
      features.add(new TorchFeatures(shape(node), activation, gradient));
    }
    return features;
  }

  /**
   * The derivative with respect to x of one position of a node, summed over its channels with
   * weights.
   *
   * @throws IllegalArgumentException for a position outside the grid or a wrong number of weights
   */
  NDArray unit(NDManager scope, int node, int row, int column, float[] weights, NDArray x) {
    FeatureShape shape = shape(node);
    if (row < 0 || row >= shape.height() || column < 0 || column >= shape.width()) {
      throw new IllegalArgumentException(
          "row %d, column %d is not in feature maps of %s".formatted(row, column, shape));
    }
    if (weights.length != shape.channels()) {
      throw new IllegalArgumentException(
          "feature maps of %s need %d weights, got %d"
              .formatted(shape, shape.channels(), weights.length));
    }
    float[] all = new float[Math.toIntExact(shape.size())];
    int plane = shape.height() * shape.width();
    for (int c = 0; c < weights.length; c++) {
      all[c * plane + row * shape.width() + column] = weights[c];
    }
    NDArray w = scope.create(all);
    return module().record(scope, "unit", x, scope.create(node), w).singletonOrThrow();
  }

  private TorchModule module() {
    if (loaded == null) {
      TorchModule module = TorchModule.load(script.archive(), device.djl());
      module.share(scoring);
      loaded = module;
    }
    return loaded;
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
  }
}
