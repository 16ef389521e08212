package org.whisker.position;

import java.util.List;
import org.whisker.image.Canvas;

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
