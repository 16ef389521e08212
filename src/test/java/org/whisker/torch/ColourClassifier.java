package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.weights.Weights;

/**
 * One output of a network of three channels as a logit. Its pictures hold the three planes one
 * below the other, so that methods for gray pictures can be held against those for colour.
 */
final class ColourClassifier implements FeatureClassifier {
  private final Network network;
  private final TorchModule module;
  private final FeatureModule features;
  private final RuleModules rules;
  private final float[] target;

  ColourClassifier(Network network, Weights weights, Precision precision, int output) {
    this.network = network;
    this.target = new float[Math.toIntExact(network.output().shape().size())];
    this.target[output] = 1;
    Preprocessing none = Preprocessing.identity();
    TorchDevice cpu = TorchDevice.cpu();
    module = TorchClassifier.load(network, weights, none, precision, cpu, List.of());
    features = new FeatureModule(network, precision, none, cpu, module);
    rules = new RuleModules(network, precision, none, cpu, module);
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public Canvas canvas() {
    FeatureShape in = network.input();
    return new Canvas(in.width(), in.channels() * in.height());
  }

  private NDArray batch(NDManager scope, List<? extends Raster> pictures) {
    FeatureShape in = network.input();
    float[] all = new float[pictures.size() * canvas().pixels()];
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).paint(all, i * canvas().pixels());
    }
    return scope.create(all, new Shape(pictures.size(), in.channels(), in.height(), in.width()));
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    try (NDManager scope = module.scope()) {
      NDArray scores = module.infer(scope, "forward", batch(scope, pictures)).singletonOrThrow();
      return scores.mul(scope.create(target)).sum(new int[] {1}).toFloatArray();
    }
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    try (NDManager scope = module.scope()) {
      NDArray x = batch(scope, pictures);
      float[] all = rules.gradients(scope, x, scope.create(target)).get(1).toFloatArray();
      List<float[]> each = new ArrayList<>();
      for (int from = 0; from < all.length; from += canvas().pixels()) {
        each.add(Arrays.copyOfRange(all, from, from + canvas().pixels()));
      }
      return each;
    }
  }

  @Override
  public List<String> layers() {
    return network.nodes().stream().map(node -> node.name()).toList();
  }

  @Override
  public FeatureShape shape(String layer) {
    return features.shape(network.position(layer));
  }

  @Override
  public float[] without(String layer, Raster picture, int[] channels) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Features> features(String layer, List<? extends Raster> pictures) {
    try (NDManager scope = module.scope()) {
      NDArray x = batch(scope, pictures);
      return features.features(scope, network.position(layer), x, scope.create(target));
    }
  }

  @Override
  public void close() {
    features.close();
    rules.close();
    module.close();
  }
}
