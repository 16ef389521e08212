package org.whisker.saliency;

import java.util.Collections;
import java.util.List;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;

/** One layer, "planted", with the same known feature maps and gradients for every picture. */
public final class PlantedFeatures implements FeatureClassifier {
  private final Canvas canvas;
  private final FeatureShape shape;
  private final float[] activation;
  private final float[] gradient;

  public PlantedFeatures(Canvas canvas, FeatureShape shape, float[] activation, float[] gradient) {
    this.canvas = canvas;
    this.shape = shape;
    this.activation = activation.clone();
    this.gradient = gradient.clone();
  }

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public List<String> layers() {
    return List.of("planted");
  }

  @Override
  public FeatureShape shape(String layer) {
    return shape;
  }

  @Override
  public float[] without(String layer, Raster picture, int[] channels) {
    return new float[channels.length];
  }

  @Override
  public List<Features> features(String layer, List<? extends Raster> pictures) {
    return Collections.nCopies(
        pictures.size(),
        new Features() {
          @Override
          public FeatureShape shape() {
            return shape;
          }

          @Override
          public float activation(int channel, int y, int x) {
            return activation[(channel * shape.height() + y) * shape.width() + x];
          }

          @Override
          public float gradient(int channel, int y, int x) {
            return gradient[(channel * shape.height() + y) * shape.width() + x];
          }
        });
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    return new float[pictures.size()];
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    throw new UnsupportedOperationException("feature maps need no input gradients");
  }

  @Override
  public void close() {}
}
