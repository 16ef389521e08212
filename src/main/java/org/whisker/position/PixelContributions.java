package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.image.Tones;

/**
 * The contribution of each black pixel of one image: the logit (of not-cat) of the image without it
 * minus the logit with it. <b>Above 0 the pixel raises p(cat).</b>
 */
public final class PixelContributions {
  private final BlackPixels image;
  private final double[] contributions;

  /**
   * Contributions measured elsewhere.
   *
   * @param contributions one per black pixel, in the order of {@link BlackPixels#get}
   */
  public PixelContributions(BlackPixels image, double... contributions) {
    if (contributions.length != image.count()) {
      throw new IllegalArgumentException(
          contributions.length + " contributions for " + image.count() + " black pixels");
    }
    for (int i = 0; i < contributions.length; i++) {
      if (!Double.isFinite(contributions[i])) {
        throw new IllegalArgumentException(
            "the contribution of black pixel " + i + " is " + contributions[i]);
      }
    }
    this.image = image;
    this.contributions = contributions.clone();
  }

  /**
   * Measures each image, one pixel left out at a time.
   *
   * @param tones the grays in which the images are shown to the classifier
   * @param batchSize number of pictures to score per call, at least 1
   * @param progress receives the number of scored pictures
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if an image is not of the classifier's size
   */
  public static Optional<List<PixelContributions>> measure(
      Classifier classifier,
      List<BlackPixels> images,
      Tones tones,
      int batchSize,
      LongConsumer progress,
      BooleanSupplier stopped) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, was " + batchSize);
    }
    List<PixelContributions> measured = new ArrayList<>();
    long scored = 0;
    for (BlackPixels image : images) {
      List<Raster> pictures = new ArrayList<>(List.of(tones.painted(image)));
      for (int i = 0; i < image.count(); i++) {
        pictures.add(tones.painted(image.without(image.get(i))));
      }
      double[] logits = new double[pictures.size()];
      for (int from = 0; from < logits.length; from += batchSize) {
        if (stopped.getAsBoolean()) {
          return Optional.empty();
        }
        int to = (int) Math.min(logits.length, (long) from + batchSize);
        float[] batch = classifier.logits(pictures.subList(from, to));
        for (int i = 0; i < batch.length; i++) {
          logits[from + i] = batch[i];
        }
        scored += batch.length;
        progress.accept(scored);
      }
      measured.add(new PixelContributions(image, withoutLessWith(logits)));
    }
    return Optional.of(measured);
  }

  private static double[] withoutLessWith(double[] logits) {
    double[] contributions = new double[logits.length - 1];
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = logits[i + 1] - logits[0];
    }
    return contributions;
  }

  public BlackPixels image() {
    return image;
  }

  /** The contribution of the {@code i}-th black pixel. */
  public double get(int i) {
    return contributions[i];
  }
}
