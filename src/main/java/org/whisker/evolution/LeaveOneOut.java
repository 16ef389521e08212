package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.BlackPixels;

/** What each black pixel of an image does, given all the others. */
public final class LeaveOneOut {
  private static final int AT_ONCE = 256; // an image of n pixels has n others of about n pixels

  private LeaveOneOut() {}

  /**
   * For each black pixel, in the image's order: the logit of not-cat without that pixel minus the
   * logit with it. Above 0 the pixel helps the cat.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static float[] deltas(LogitSource source, BlackPixels image) {
    float whole = source.logits(List.of(image))[0];
    float[] deltas = new float[image.count()];
    for (int from = 0; from < deltas.length; from += AT_ONCE) {
      List<BlackPixels> images = new ArrayList<>(AT_ONCE);
      for (int i = from; i < Math.min(from + AT_ONCE, deltas.length); i++) {
        images.add(image.without(image.get(i)));
      }
      float[] logits = source.logits(images);
      for (int i = 0; i < logits.length; i++) {
        deltas[from + i] = finite(logits[i] - whole, image.get(from + i));
      }
    }
    return deltas;
  }

  private static float finite(float delta, int pixel) {
    if (!Float.isFinite(delta)) {
      throw new IllegalArgumentException(
          "leaving out pixel " + pixel + " changes the logit by " + delta);
    }
    return delta;
  }
}
