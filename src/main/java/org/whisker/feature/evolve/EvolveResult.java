package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.PixelRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * What an experiment came to.
 *
 * @param folder all its files, see {@link EvolveJob}
 * @param status {@code done}, {@code failed} where a run did, {@code stopped} where some are left
 *     to do
 * @param canvas of the model
 * @param runs how each run that was begun ended, in their order
 */
public record EvolveResult(
    Path folder, String status, EvolvePlan plan, Canvas canvas, List<RunSummary> runs) {
  public EvolveResult {
    runs = List.copyOf(runs);
  }

  /**
   * The fittest image of a run.
   *
   * @param run counted from 1
   * @return its black pixels; the logit of not-cat, p(cat) and edge index E are those of {@link
   *     RunSummary#numbers}
   * @throws IOException when the run has none: it failed, or was not begun
   */
  public BlackPixels best(int run) throws IOException {
    return PixelRow.image(
        canvas, PixelRow.TABLE.read(folder(run).resolve(EvolvedImageFiles.BEST + ".csv")));
  }

  /**
   * The folder of a run, with {@code best.png} and its tables.
   *
   * @param run counted from 1
   */
  public Path folder(int run) {
    return EvolveRunner.folder(folder, run);
  }
}
