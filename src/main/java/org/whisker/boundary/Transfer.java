package org.whisker.boundary;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Interval;
import org.whisker.stats.ShareInterval;

/**
 * The scores of one model for a set of images.
 *
 * @param source the images
 * @param target the model, with its padding
 * @param relation of the model to the one that the images were evolved on
 * @param logits of not-cat, one per image, at least one
 */
public record Transfer(String source, String target, Relation relation, List<Float> logits) {
  private static final double LEVEL = 0.95;

  public Transfer {
    logits = List.copyOf(logits);
    if (logits.isEmpty()) {
      throw new IllegalArgumentException(source + " has no image to score by " + target);
    }
  }

  /** Scores images. */
  public static Transfer of(
      Classifier classifier,
      String source,
      String target,
      Relation relation,
      List<? extends Raster> images) {
    float[] logits = classifier.logits(images);
    Float[] boxed = new Float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      boxed[i] = Grays.finite(classifier, logits[i]);
    }
    return new Transfer(source, target, relation, List.of(boxed));
  }

  /**
   * The control: as many inked pixels as an image has, at uniformly random positions.
   *
   * @param tones the grays of the image
   */
  public static Raster scattered(Raster image, Tones tones, RandomGenerator random) {
    Canvas canvas = image.canvas();
    int[] inked = new int[tones.inked(GrayImage.of(image)).count()];
    int[] places = PixelOrders.shuffled(canvas.pixels(), random);
    System.arraycopy(places, 0, inked, 0, inked.length);
    return tones.painted(BlackPixels.of(canvas, inked));
  }

  /** The mean p(cat). */
  public double meanCatProbability() {
    return Arrays.stream(catProbabilities()).average().orElseThrow();
  }

  /** The number of images that are cats for the model. */
  public int cats() {
    return (int) logits.stream().filter(Grays::isCat).count();
  }

  /** The share of images that are cats for the model. */
  public double share() {
    return cats() / (double) logits.size();
  }

  /** The interval of the mean p(cat), over images; none for one image. */
  public Optional<Interval> meanInterval(RandomGenerator random) {
    return logits.size() < 2
        ? Optional.empty()
        : Optional.of(BoundedInterval.ofShares().mean(catProbabilities(), random));
  }

  /**
   * The interval of the share (Wilson's), also where all images agree; empty for a single image.
   */
  public Optional<Interval> shareInterval() {
    return logits.size() < 2
        ? Optional.empty()
        : Optional.of(ShareInterval.of(cats(), logits.size(), LEVEL));
  }

  /** p(cat) of image {@code i}. */
  public double catProbability(int i) {
    return Classifier.catProbability(logits.get(i));
  }

  private double[] catProbabilities() {
    return logits.stream().mapToDouble(Classifier::catProbability).toArray();
  }
}
