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

  /**
   * Where pixels raise or lower p(cat), over several runs.
   *
   * @param mean for each pixel the mean over all runs of its contribution, 0 in runs where it is
   *     white; below 0 it is towards cat
   * @param smoothed the same, smoothed like the density
   * @param runs number of runs, including white ones
   */
  public record ContributionMap(PixelMap mean, PixelMap smoothed, int runs) {

    /**
     * Of all runs of a condition.
     *
     * @param runs at least one, all on one canvas
     * @param bandwidth of the smoothing, in pixels
     */
    public static ContributionMap of(List<PixelContributions> runs, double bandwidth) {
      Canvas canvas = Runs.canvas(runs.stream().map(PixelContributions::image).toList());
      double[] mean = new double[canvas.pixels()];
      for (PixelContributions run : runs) {
        for (int i = 0; i < run.image().count(); i++) {
          mean[run.image().get(i)] += run.get(i) / runs.size();
        }
      }
      PixelMap map = PixelMap.of("contribution", canvas, "logits per run", mean);
      PixelMap smoothed = map.smoothed(bandwidth).renamed("contribution, smoothed", map.unit());
      return new ContributionMap(map, smoothed, runs.size());
    }
  }
}
