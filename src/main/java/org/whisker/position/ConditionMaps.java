package org.whisker.position;

import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.PixelTable.Runs;
import org.whisker.value.Checks;

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
    Checks.refuse(label.isBlank(), "a condition needs a name");
  }

  /**
   * The maps of one condition.
   *
   * @param runs the final image of each, at least one, all on one canvas
   * @param contributions the contributions of the same runs, or none
   * @param bandwidth the bandwidth of all smoothing, in pixels
   * @param seed the seed of all random numbers, together with {@code index}, which distinguishes
   *     conditions
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
   * Where pixels raise or lower p(target), over several runs.
   *
   * @param mean for each pixel the mean over all runs of its contribution, 0 in runs where it is
   *     white; below 0 it is towards the target
   * @param smoothed the same, smoothed like the density
   * @param runs number of runs, including white ones
   */
  public record ContributionMap(PixelMap mean, PixelMap smoothed, int runs) {

    /**
     * Averages the contributions of all runs of a condition, in logits per run.
     *
     * @param runs at least one, all on one canvas
     * @param bandwidth the bandwidth of the smoothing, in pixels
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

  /**
   * Where the black pixels of several runs lie.
   *
   * @param frequency for each pixel, the share of all runs in which it is black, 0 to 1
   * @param density relative to a uniform distribution: 1 is the density expected by chance, and the
   *     mean over the canvas is 1. Every run with a black pixel has equal weight, however many it
   *     has; smoothed by a Gaussian that is reflected at the borders, so density is not lost there.
   *     Empty if no run has a black pixel.
   * @param bandwidth the bandwidth of the Gaussian: its standard deviation in pixels
   * @param runs number of runs, including white ones
   * @param whiteRuns number of runs without a black pixel
   */
  public record PositionHeatmap(
      PixelMap frequency, Optional<PixelMap> density, double bandwidth, int runs, int whiteRuns) {
    private static final double SIDE_PER_BANDWIDTH = 32;

    public PositionHeatmap {
      Checks.refuse(whiteRuns < 0 || whiteRuns > runs, "%s white runs of %s", whiteRuns, runs);
      Checks.refuse(
          density.isEmpty() != (whiteRuns == runs),
          "a density needs a black pixel; %s of %s runs are white",
          whiteRuns,
          runs);
    }

    /**
     * The maps of these runs.
     *
     * @param runs the final image of each, at least one, all on one canvas
     * @param bandwidth above 0, at most the longer side
     */
    public static PositionHeatmap of(List<BlackPixels> runs, double bandwidth) {
      Canvas canvas = Runs.canvas(runs);
      List<BlackPixels> marked = Runs.marked(runs);
      double[] count = new double[canvas.pixels()];
      double[] relative = new double[canvas.pixels()];
      for (BlackPixels run : marked) {
        double weight = (double) canvas.pixels() / run.count() / marked.size();
        for (int i = 0; i < run.count(); i++) {
          count[run.get(i)]++;
          relative[run.get(i)] += weight;
        }
      }
      for (int i = 0; i < count.length; i++) {
        count[i] /= runs.size();
      }
      Optional<PixelMap> density =
          marked.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  PixelMap.of("density", canvas, "relative to uniform", relative)
                      .smoothed(bandwidth));
      return new PositionHeatmap(
          PixelMap.of("frequency", canvas, "share of runs", count),
          density,
          bandwidth,
          runs.size(),
          runs.size() - marked.size());
    }

    /** Mean number of black pixels per run, including white runs. */
    public double meanPixels() {
      double all = frequency.mean() * frequency.canvas().pixels() * runs;
      return Math.rint(all) / runs; // an integer before the division
    }

    /** The default bandwidth: 1/32 of the shorter side, at least 1 pixel. */
    public static double usualBandwidth(Canvas canvas) {
      return Math.max(1, Math.min(canvas.width(), canvas.height()) / SIDE_PER_BANDWIDTH);
    }
  }
}
