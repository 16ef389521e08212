package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Raster;

/**
 * A classifier that stops at a layer, and goes on from activations that it is given. All that
 * follows such a layer reads it and nothing before it.
 */
public interface ActivationClassifier extends Classifier {
  /** The layers at which it stops, from the input on. */
  List<Cut> cuts();

  /**
   * A layer at which a network is cut.
   *
   * @param index its place in {@link #cuts}, from 0
   * @param layer name of the layer or stage
   * @param channels the number of channels of its feature maps
   */
  record Cut(int index, String layer, int channels, int height, int width) {
    /** Positions of a feature map. */
    public int positions() {
      return height * width;
    }

    /** Values of all feature maps of a picture. */
    public int size() {
      return channels * positions();
    }
  }

  /**
   * The pixels that a position of the feature maps reads, as far as they lie on the canvas; all of
   * them where that is not known.
   */
  default Field field(Cut cut, int position) {
    return new Field(0, 0, canvas().width(), canvas().height());
  }

  /** A rectangle of pixels. */
  record Field(int x, int y, int width, int height) {}

  /** The activations there of each picture: channels × rows × columns. */
  List<float[]> activations(Cut cut, List<? extends Raster> pictures);

  /** The logits of not-cat that follow from activations there. */
  float[] logits(Cut cut, List<float[]> activations);

  /** The derivatives of these logits with respect to the activations. */
  List<float[]> gradients(Cut cut, List<float[]> activations);
}
