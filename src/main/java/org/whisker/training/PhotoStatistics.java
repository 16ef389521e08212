package org.whisker.training;

import java.util.List;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;

/** The preprocessing that centres and scales training photos. */
public final class PhotoStatistics {
  private static final double WHITE = 255;
  private static final double STEP = 1000;

  private PhotoStatistics() {}

  /**
   * Mean and standard deviation over all values of all photos, rounded to thousandths. Colours have
   * one of each, too: so what is padded with zeros is a gray, and a gray picture the same in all
   * channels.
   */
  public static Preprocessing preprocessing(List<CachedPhoto> photos) {
    long[] histogram = new long[256];
    for (CachedPhoto photo : photos) {
      for (int i = 0; i < photo.planes() * photo.canvas().pixels(); i++) {
        histogram[photo.gray(i)]++;
      }
    }
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int gray = 0; gray < histogram.length; gray++) {
      double value = gray / WHITE;
      count += histogram[gray];
      sum += histogram[gray] * value;
      squares += histogram[gray] * value * value;
    }
    double mean = sum / count;
    double sd = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return new Preprocessing((float) rounded(mean), (float) Math.max(1 / STEP, rounded(sd)));
  }

  private static double rounded(double value) {
    return Math.round(value * STEP) / STEP;
  }
}
