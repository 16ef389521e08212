package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.GrayImage;
import org.whisker.network.HeadSplit;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.torch.Backbone;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Teacher.TeacherOutputs;
import org.whisker.weights.Weights;

/** A network's logit and what its last linear layer computes that from. */
public final class TeacherFeatures implements TeacherOutputs {
  private final Backbone backbone;
  private final float[] weight;
  private final float bias;

  /**
   * Loads it.
   *
   * @param network with one logit
   * @throws IOException naming the tensor that does not fit
   */
  public TeacherFeatures(
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      Precision precision,
      TorchDevice device)
      throws IOException {
    Node last = network.output();
    this.weight = new float[count(network)];
    weights.floats(last.name() + ".weight").get(weight);
    this.bias = weights.floats(last.name() + ".bias").get();
    this.backbone =
        new Backbone(HeadSplit.of(network).backbone(), weights, preprocessing, precision, device);
  }

  /**
   * The number of features of a network.
   *
   * @throws IllegalArgumentException if its last layer is not linear
   */
  public static int count(Network network) {
    return Math.toIntExact(HeadSplit.of(network).backbone().output().shape().size());
  }

  @Override
  public float[] of(List<GrayImage> pictures) {
    FloatBuffer images = FloatBuffer.allocate(pictures.size() * pictures.get(0).canvas().pixels());
    pictures.forEach(picture -> images.put(picture.values()));
    FloatBuffer features = FloatBuffer.wrap(backbone.features(images.flip(), pictures.size()));
    FloatBuffer rows = FloatBuffer.allocate(pictures.size() * (1 + weight.length));
    float[] row = new float[weight.length];
    while (features.hasRemaining()) {
      features.get(row);
      rows.put(logit(row)).put(row);
    }
    return rows.array();
  }

  private float logit(float[] features) {
    double sum = bias;
    for (int i = 0; i < features.length; i++) {
      sum += (double) weight[i] * features[i];
    }
    return (float) sum;
  }

  @Override
  public void close() {
    backbone.close();
  }
}
