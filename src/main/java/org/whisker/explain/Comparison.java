package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;

/**
 * A comparison of models under the same protocol and seeds.
 *
 * @param measures by quantity, then by model
 * @param differences the differences of each pair of models, first minus second
 * @param transfers images of one model scored by another
 * @param profiles from the border inwards
 */
public record Comparison(
    List<MeasureRow> measures,
    List<DifferenceRow> differences,
    List<CrossModelRow> transfers,
    List<ProfileRow> profiles) {
  public Comparison {
    measures = List.copyOf(measures);
    differences = List.copyOf(differences);
    transfers = List.copyOf(transfers);
    profiles = List.copyOf(profiles);
  }

  private static final int SCATTERED_EACH = 10;

  private static final Tones BLACK_ON_WHITE = new Tones(1, 0);

  /**
   * Scores the images that were evolved for each model by one of them. Images of another size are
   * skipped.
   *
   * @param to the scoring model, named as in the comparison
   * @param from final images by the model for which they were evolved, in the order of the rows
   */
  public static List<CrossModelRow> transferScores(
      Classifier to, Map<String, List<BlackPixels>> from, long seed) {
    List<CrossModelRow> rows = new ArrayList<>();
    from.forEach(
        (source, images) -> {
          if (!images.isEmpty() && images.get(0).canvas().equals(to.canvas())) {
            rows.add(row(to, source, images, seed));
          }
        });
    return rows;
  }

  private static CrossModelRow row(
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
    return new CrossModelRow(
        source,
        to.name(),
        images.size(),
        own.cats(),
        (double) own.cats() / images.size(),
        interval.low(),
        interval.high(),
        control.share());
  }
}
