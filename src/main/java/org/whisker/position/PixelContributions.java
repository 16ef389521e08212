package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.image.Tones;

/**
 * What each black pixel of one image adds to the logit against the target: the logit with it minus
 * the logit without it ({@link LeaveOneOut}). <b>Below 0 the pixel is towards the target.</b>
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
    List<PixelContributions> measured = new ArrayList<>();
    AtomicLong before = new AtomicLong();
    Batches batches = new Batches(batchSize, done -> progress.accept(before.get() + done), stopped);
    for (BlackPixels image : images) {
      Optional<LeaveOneOut> found =
          LeaveOneOut.<Raster>of(image, tones::painted, classifier::logits, batches);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      measured.add(new PixelContributions(image, found.get().added()));
      before.addAndGet(image.count() + 1L);
    }
    return Optional.of(measured);
  }

  public BlackPixels image() {
    return image;
  }

  /** The contribution of the {@code i}-th black pixel. */
  public double get(int i) {
    return contributions[i];
  }
}
