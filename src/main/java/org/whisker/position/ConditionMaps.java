package org.whisker.position;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * All maps and statistics of the final images of one condition.
 *
 * @param label unique name of the condition
 * @param heatmap frequency and smoothed density over final images
 * @param allGenerations over all generations, if their history is known
 * @param contribution weighted by the contribution of each pixel, if that is known
 * @param placement empty when all runs are white
 */
public record ConditionMaps(
    String label,
    PositionHeatmap heatmap,
    Optional<PixelMap> allGenerations,
    Optional<ContributionMap> contribution,
    Optional<Placement> placement) {
  public ConditionMaps {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a condition needs a name");
    }
    Objects.requireNonNull(heatmap, "heatmap");
  }

  /**
   * The maps of one condition.
   *
   * @param runs the final image of each, at least one, all on one canvas
   * @param contributions of the same runs, or none
   * @param bandwidth of all smoothing, in pixels
   * @param seed of all random numbers, together with {@code index}, which distinguishes conditions
   */
  public static ConditionMaps of(
      String label,
      List<BlackPixels> runs,
      Optional<PixelMap> allGenerations,
      Optional<List<PixelContributions>> contributions,
      double bandwidth,
      long seed,
      long index) {
    PositionHeatmap heatmap = PositionHeatmap.of(runs, bandwidth);
    return new ConditionMaps(
        label,
        heatmap,
        allGenerations,
        contributions.map(each -> ContributionMap.of(each, bandwidth)),
        heatmap.density().map(density -> Placement.of(runs, density, bandwidth, seed, index)));
  }

  public Canvas canvas() {
    return heatmap.frequency().canvas();
  }
}
