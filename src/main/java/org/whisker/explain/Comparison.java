package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.Classifier;
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
    List<Measured> measures,
    List<Difference> differences,
    List<Transferred> transfers,
    List<ProfilePoint> profiles) {
  public Comparison {
    measures = List.copyOf(measures);
    differences = List.copyOf(differences);
    transfers = List.copyOf(transfers);
    profiles = List.copyOf(profiles);
  }

  /**
   * The value of a quantity for a model.
   *
   * @param unit in a word or two
   * @param low lower end of the 95 % interval; empty if the quantity has none
   * @param count sample size of the interval, in runs or photos; 0 if there is none
   */
  public record Measured(
      String quantity,
      String unit,
      String model,
      double value,
      OptionalDouble low,
      OptionalDouble high,
      int count) {}

  /**
   * The difference of two models.
   *
   * @param p two-sided p, paired by seed; empty if there are no pairs
   * @param pHolm p after Holm's correction over all differences of the comparison
   * @param pairs number of seeds at which both have a value; 0 if unpaired
   */
  public record Difference(
      String quantity,
      String modelA,
      String modelB,
      double value,
      double low,
      double high,
      OptionalDouble p,
      OptionalDouble pHolm,
      int pairs) {}

  /**
   * Images evolved for one model, scored by another.
   *
   * @param cats number of images that the other classifies as cat
   * @param low lower end of the share's 95 % interval
   * @param randomShare share of images with the same number of random pixels that the other
   *     classifies as cat
   */
  public record Transferred(
      String from, String to, int images, int cats, double low, double high, double randomShare) {
    public double share() {
      return (double) cats / images;
    }
  }

  /**
   * A point of a profile.
   *
   * @param profile quantity: density (1 is chance), probe (Δlogit of not-cat) or gradient (relative
   *     to the map's mean)
   * @param from lower end of the bin of edge ranks; 0 is the border
   */
  public record ProfilePoint(
      String profile,
      String model,
      double from,
      double to,
      double value,
      OptionalDouble low,
      OptionalDouble high) {}

  /** Transfer of evolved images between models. */
  public static final class TransferScores {
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
}
