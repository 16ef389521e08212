package org.whisker.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.whisker.image.BlackPixels;

/**
 * An image with each of its black pixels left out (painted as the background) in turn, and what
 * each of them adds to the logit against the target, given all the others: the logit with the pixel
 * minus the logit without it. <b>Below 0 the pixel is towards the target</b>; above 0 it is away
 * from the target. This is what every table calls {@code delta_logit} of a pixel. Immutable.
 */
public final class LeaveOneOut {
  private final BlackPixels image;
  private final float logit;
  private final float[] without;

  private LeaveOneOut(BlackPixels image, float logit, float[] without) {
    this.image = image;
    this.logit = Classifier.NoNumberException.unlessFinite("the logit of the image", logit);
    this.without = without;
    for (int i = 0; i < without.length; i++) {
      String of = "the logit without pixel " + image.get(i);
      Classifier.NoNumberException.unlessFinite(of, without[i]);
    }
  }

  /**
   * Scores the image and, in the same batches, the images with one pixel fewer.
   *
   * @param picture an image as the scorer takes it
   * @param batches told how many pictures are scored, of {@code image.count() + 1}
   * @return empty when stopped
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static <T> Optional<LeaveOneOut> of(
      BlackPixels image,
      Function<BlackPixels, T> picture,
      Function<List<T>, float[]> scorer,
      Batches batches) {
    return batches
        .logits(
            image.count() + 1,
            i -> picture.apply(i == 0 ? image : image.without(image.get(i - 1))),
            scorer)
        .map(all -> new LeaveOneOut(image, all[0], Arrays.copyOfRange(all, 1, all.length)));
  }

  /**
   * Scores the images with one pixel fewer.
   *
   * @param logit the logit of the image itself
   * @param without the image without the pixel of that index, as the scorer takes it
   * @param batches told how many pictures are scored, of {@code image.count()}
   * @return empty when stopped
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static <T> Optional<LeaveOneOut> of(
      BlackPixels image,
      float logit,
      IntFunction<T> without,
      Function<List<T>, float[]> scorer,
      Batches batches) {
    return batches
        .logits(image.count(), i -> without.apply(image.get(i)), scorer)
        .map(all -> new LeaveOneOut(image, logit, all));
  }

  public BlackPixels image() {
    return image;
  }

  /** The logit against the target of the whole image. */
  public float logit() {
    return logit;
  }

  /** The logit against the target without the {@code i}-th black pixel. */
  public float without(int i) {
    return without[i];
  }

  /** What the {@code i}-th black pixel adds, in logits: with minus without. */
  public double added(int i) {
    return (double) logit - without[i];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LeaveOneOut other
        && image.equals(other.image)
        && logit == other.logit
        && Arrays.equals(without, other.without);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * image.hashCode() + Float.hashCode(logit)) + Arrays.hashCode(without);
  }

  /** What each black pixel adds, in the order of {@link BlackPixels#get}. */
  public double[] added() {
    double[] added = new double[without.length];
    Arrays.setAll(added, this::added);
    return added;
  }
}
