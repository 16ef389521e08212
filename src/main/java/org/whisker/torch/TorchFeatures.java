package org.whisker.torch;

import java.util.Objects;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.network.FeatureShape;

/** One picture's feature maps and gradients, channels × rows × columns in one array each. */
final class TorchFeatures implements Features {
  private final FeatureShape shape;
  private final float[] activation;
  private final float[] gradient;

  TorchFeatures(FeatureShape shape, float[] activation, float[] gradient) {
    this.shape = shape;
    this.activation = activation;
    this.gradient = gradient;
  }

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public float activation(int channel, int y, int x) {
    return activation[index(channel, y, x)];
  }

  @Override
  public float gradient(int channel, int y, int x) {
    return gradient[index(channel, y, x)];
  }

  private int index(int channel, int y, int x) {
    Objects.checkIndex(channel, shape.channels());
    Objects.checkIndex(y, shape.height());
    Objects.checkIndex(x, shape.width());
    return (channel * shape.height() + y) * shape.width() + x;
  }
}
