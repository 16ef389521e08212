package org.whisker.position;

import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Where the black pixels of several runs lie.
 *
 * @param frequency for each pixel, the share of all runs in which it is black, 0 to 1
 * @param density relative to a uniform distribution: 1 is the density expected by chance, and the
 *     mean over the canvas is 1. Every run with a black pixel has equal weight, however many it
 *     has; smoothed by a Gaussian that is reflected at the borders, so density is not lost there.
 *     Empty if no run has a black pixel.
 * @param bandwidth of the Gaussian: its standard deviation in pixels
 * @param runs number of runs, including white ones
 * @param whiteRuns number of runs without a black pixel
 */
public record PositionHeatmap(
    PixelMap frequency, Optional<PixelMap> density, double bandwidth, int runs, int whiteRuns) {
  private static final double SIDE_PER_BANDWIDTH = 32;

  public PositionHeatmap {
    if (whiteRuns < 0 || whiteRuns > runs) {
      throw new IllegalArgumentException(whiteRuns + " white runs of " + runs);
    }
    if (density.isEmpty() != (whiteRuns == runs)) {
      throw new IllegalArgumentException(
          "a density needs a black pixel; " + whiteRuns + " of " + runs + " runs are white");
    }
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
