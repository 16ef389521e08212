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
 * Whether the pixels that a map ranks first carry the answer (Petsiuk, Das and Saenko, 2018,
 * arXiv:1806.07421): deletion replaces pixels in the map's order and watches the cat go, insertion
 * starts from the replaced picture and puts them back in that order. Pixels of equal value come in
 * a random order, so that a map with ties does not go row by row.
 *
 * <p>Any order of black pixels changes the answer, and replaced pictures are unlike those a network
 * was trained on; so random orders of the same pixels stand beside the map's.
 *
 * @param deletion does well when the logit rises soon (p(cat) falls soon)
 * @param insertion does well when the logit falls soon (p(cat) rises soon)
 */
public record DeletionInsertion(CausalCurve deletion, CausalCurve insertion) {

  /** Which pixels come first. */
  public enum Order {
    /** Those that the map says speak most for cat; needs a map with signs. */
    TOWARDS_CAT,
    /** Those of the greatest |value|. */
    STRONGEST
  }

  /**
   * How to go about it.
   *
   * @param steps how many parts the pixels are changed in, at least 1; more than there are pixels
   *     is one by one
   * @param blackOnly whether only the pixels that are black are changed, or all
   * @param fill what a pixel that is taken away shows
   * @param randomOrders how many to compare with, at least 2; 39 or more for the 95 % band, which
   *     is their range otherwise
   */
  public record Options(
      int steps, boolean blackOnly, Fill fill, Order order, int randomOrders, long seed) {
    public Options {
      Inputs.atLeast(1, "steps", steps);
      Inputs.atLeast(2, "random orders", randomOrders);
      Objects.requireNonNull(fill, "fill");
      Objects.requireNonNull(order, "order");
    }

    /** How many pictures must be scored where so many pixels may be changed. */
    public int pictures(int pixels) {
      int between = Math.min(steps, pixels) - 1;
      return Math.addExact(2, Math.multiplyExact(2 + randomOrders, between));
    }
  }

  public DeletionInsertion {
    Objects.requireNonNull(deletion, "deletion");
    Objects.requireNonNull(insertion, "insertion");
  }

  /**
   * Tests a map of this picture.
   *
   * @param batchSize how many pictures to score in one call, at least 1
   * @param progress told after each batch how many pictures are done, of {@link Options#pictures}
   * @param stopped asked before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if sizes differ, no pixel is black where only those are
   *     changed, or the order needs signs that the map has not
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
