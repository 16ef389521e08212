package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
import org.whisker.explain.Comparison.Transferred;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;

/** Transfer of evolved images between models. */
public final class TransferScores {
  private static final int SCATTERED_EACH = 10;

  private static final Tones BLACK_ON_WHITE = new Tones(1, 0);

  private TransferScores() {}

  /**
   * Scores the images of each model by one of them. Images of another size are skipped.
   *
   * @param to the scoring model, named as in the comparison
   * @param from final images by the model for which they were evolved, in the order of the rows
   */
  public static List<Transferred> of(
      Classifier to, Map<String, List<BlackPixels>> from, long seed) {
    List<Transferred> rows = new ArrayList<>();
    from.forEach(
        (source, images) -> {
          if (!images.isEmpty() && images.get(0).canvas().equals(to.canvas())) {
            rows.add(row(to, source, images, seed));
          }
        });
    return rows;
  }

  private static Transferred row(
      Classifier to, String source, List<BlackPixels> images, long seed) {
    Transfer own = Transfer.of(to, source, to.name(), Transfer.Relation.OTHER, images);
    SplitMix64 random = SplitMix64.stream(seed, "scattered " + source + to.name(), 0);
    List<Raster> scattered = new ArrayList<>();
    for (BlackPixels image : images) {
      for (int i = 0; i < SCATTERED_EACH; i++) {
        scattered.add(Transfer.scattered(image, BLACK_ON_WHITE, random));
      }
    }
    Transfer control = Transfer.of(to, source, to.name(), Transfer.Relation.NONE, scattered);
    Interval interval = ShareInterval.of(own.cats(), images.size(), ModelComparison.LEVEL);
    return new Transferred(
        source,
        to.name(),
        images.size(),
        own.cats(),
        interval.low(),
        interval.high(),
        control.share());
  }
}
