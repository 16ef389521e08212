package org.whisker.saliency.method;

import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** The straight line from a baseline to a picture. */
final class BaselinePath {
  private BaselinePath() {}

  /**
   * A point on it.
   *
   * @param from gray values of the baseline, row-major
   * @param share of the way, 0 to 1
   */
  static GrayImage at(float[] from, Raster to, double share) {
    float[] values = to.grayValues();
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) (from[p] + share * (values[p] - from[p]));
    }
    return new GrayImage(to.canvas(), values);
  }
}
