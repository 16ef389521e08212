package org.whisker.saliency.faithfulness;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;

/**
 * Similarity of the map of a partly randomised network to that of the trained network.
 *
 * <p>Maps of one image are similar to some degree for any two networks, since both follow its
 * edges, and noisy maps are dissimilar whatever the network has learned. So rho is compared with
 * its values under toroidal shifts of the randomised map; rho of the means under noise is given
 * (smooth parameter randomisation, sMPRT); and, instead of a similarity, the rise in complexity
 * (efficient parameter randomisation, eMPRT), both after Hedström et al. (2024, arXiv:2405.02383).
 *
 * @param layer the last one randomised
 * @param absolute Spearman's rho of the |values|: 1 for the same order, 0 for unrelated maps; empty
 *     if one of them is constant
 * @param signed Spearman's rho of the values; also empty for an unsigned map
 * @param rolled {@code absolute} compared with that under toroidal shifts: with a small p, the maps
 *     are more similar in place than shifted
 * @param smooth Spearman's rho of the |values| of the means under noise; empty where not computed
 * @param entropy the entropy of the histogram of the randomised map's values, in nats
 * @param rise relative rise of the entropy from the trained network's map; above 0 is better. Empty
 *     if the trained network's map is constant.
 */
public record RandomisedStep(
    String layer,
    OptionalDouble absolute,
    OptionalDouble signed,
    Optional<RolledNull> rolled,
    OptionalDouble smooth,
    double entropy,
    OptionalDouble rise) {
  public RandomisedStep {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(rolled, "rolled");
  }

  static RandomisedStep of(
      String layer,
      ParameterRandomisation.Maps original,
      ParameterRandomisation.Maps randomised,
      ParameterRandomisation.Rolls rolls) {
    OptionalDouble absolute = MethodAgreement.absolute(original.map(), randomised.map());
    double before = HistogramEntropy.of(original.map());
    double entropy = HistogramEntropy.of(randomised.map());
    return new RandomisedStep(
        layer,
        absolute,
        MethodAgreement.signed(original.map(), randomised.map()),
        absolute.isEmpty()
            ? Optional.empty()
            : rolled(absolute.getAsDouble(), original.map(), randomised.map(), rolls),
        original.smooth().isPresent() && randomised.smooth().isPresent()
            ? MethodAgreement.absolute(original.smooth().get(), randomised.smooth().get())
            : OptionalDouble.empty(),
        entropy,
        before == 0 ? OptionalDouble.empty() : OptionalDouble.of((entropy - before) / before));
  }

  private static Optional<RolledNull> rolled(
      double rho, SaliencyMap original, SaliencyMap randomised, ParameterRandomisation.Rolls of) {
    MapRolls rolls =
        new MapRolls(
            original.canvas(), i -> original.at(i) != 0 || randomised.at(i) != 0, of.seed());
    double[] elsewhere =
        IntStream.range(0, of.count())
            .mapToObj(i -> MethodAgreement.absolute(original, rolls.rolled(randomised, i)))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return RolledNull.of(rho, elsewhere, true);
  }

  /** Complexity of a map: the entropy of the histogram of its values, in nats. */
  static final class HistogramEntropy {
    /** The number of bins of Hedström et al. (2024, arXiv:2405.02383). */
    private static final int BINS = 100;

    private HistogramEntropy() {}

    /**
     * Returns the entropy over {@value #BINS} equal bins from the least to the greatest value, in
     * nats; 0 for a constant map.
     */
    static double of(SaliencyMap map) {
      float[] values = map.values();
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (float value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (low == high) {
        return 0;
      }
      int[] counts = new int[BINS];
      for (float value : values) {
        counts[(int) Math.min(BINS - 1, (value - low) / (high - low) * BINS)]++;
      }
      double entropy = 0;
      for (int count : counts) {
        double share = (double) count / values.length;
        entropy -= count == 0 ? 0 : share * Math.log(share);
      }
      return entropy;
    }
  }
}
