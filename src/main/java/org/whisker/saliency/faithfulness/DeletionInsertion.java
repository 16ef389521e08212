package org.whisker.saliency.faithfulness;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;

/**
 * Deletion and insertion metrics (Petsiuk, Das and Saenko, 2018, arXiv:1806.07421): deletion
 * replaces pixels in the order of the map and records the fall of p(cat); insertion starts from the
 * fully replaced image and restores them in that order. Ties are broken at random rather than by
 * row.
 *
 * <p>Any order of black pixels changes the output, and perturbed images are out of distribution; so
 * the map's order is compared with random orders of the same pixels and with the order of the same
 * map under toroidal shifts, which is as smooth.
 *
 * @param deletion better if the logit of not-cat rises early (p(cat) falls early)
 * @param insertion better if the logit of not-cat falls early (p(cat) rises early)
 * @param gain area between deletion of the most and of the least relevant pixels first
 */
public record DeletionInsertion(CausalCurve deletion, CausalCurve insertion, RelevanceGain gain) {

  /** The ranking of the pixels. */
  public enum Order {
    /** The strongest evidence for cat first; needs a signed map. */
    TOWARDS_CAT,
    /** The largest |value| first. */
    STRONGEST
  }

  /**
   * Options of the metrics.
   *
   * @param steps number of steps, at least 1; at most one per pixel
   * @param blackOnly whether only black pixels are eligible
   * @param fill replacement of deleted pixels
   * @param randomOrders number of random orders, at least 2; from 39 on, the band is their central
   *     95 %, otherwise their range
   * @param rolls number of toroidal shifts of the map, at least 0; from 19 on, p can reach 0.05.
   *     Each adds two orders: that of the shifted map and its reverse.
   */
  public record Options(
      int steps,
      boolean blackOnly,
      Fill fill,
      Order order,
      int randomOrders,
      int rolls,
      long seed) {
    public Options {
      Inputs.atLeast(0, "rolls", rolls);
      Inputs.atLeast(1, "steps", steps);
      Inputs.atLeast(2, "random orders", randomOrders);
      Objects.requireNonNull(fill, "fill");
      Objects.requireNonNull(order, "order");
    }

    /** The number of images to score for this number of eligible pixels. */
    public int pictures(int pixels) {
      int between = Math.min(steps, pixels) - 1;
      return Math.addExact(2, Math.multiplyExact(2 + randomOrders + 2 * rolls, between));
    }
  }

  public DeletionInsertion {
    Objects.requireNonNull(deletion, "deletion");
    Objects.requireNonNull(insertion, "insertion");
    Objects.requireNonNull(gain, "gain");
  }

  /**
   * Evaluates a map of this image.
   *
   * @param batchSize images per batch, at least 1
   * @param progress receives the number of images scored, of {@link Options#pictures}, after each
   *     batch
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if sizes differ, no pixel is eligible, or the order needs a
   *     signed map and this one is unsigned
   */
  public static Optional<DeletionInsertion> of(
      Classifier classifier,
      Raster picture,
      SaliencyMap map,
      Options options,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    Inputs.checkSize(map, picture.canvas());
    DeletionGame game = new DeletionGame(GrayImage.of(picture), map, options);
    return batches
        .<Raster>logits(options.pictures(game.pixels()), game::picture, classifier::logits)
        .map(game::result);
  }
}
