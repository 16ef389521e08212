package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedTones;
import org.whisker.evolution.result.GenerationRow;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Manifest;

/**
 * The development of the best image of a run: {@code filmstrip.png} and {@code best.gif}, from its
 * {@code generations.csv} and {@code best-history.csv}. The gray values are those in the
 * experiment's manifest, two folders up; black on white without a manifest.
 */
public final class RunPictures implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path generations = folder.resolve(GenerationRow.FILE);
    Path history = folder.resolve(BestHistory.FILE);
    Path best = folder.resolve(EvolvedImageFiles.BEST + ".png");
    if (!GenerationRow.TABLE.isIn(generations)
        || !BestHistory.TABLE.isIn(history)
        || !Files.exists(best)) {
      return;
    }
    Canvas canvas = ImageFiles.readGray(best).canvas();
    Tones tones = tones(folder);
    int last = last(generations);
    files.write(folder, "filmstrip", Filmstrip.of(generations, history, canvas, last, tones));
    BestGif.write(folder.resolve("best.gif"), generations, history, canvas, last, tones);
  }

  private static int last(Path generations) throws IOException {
    AtomicInteger last = new AtomicInteger();
    GenerationRow.TABLE.scan(generations, (row, at) -> last.set(row.generation()));
    return last.get();
  }

  private static Tones tones(Path run) throws IOException {
    @Nullable Path runs = run.toAbsolutePath().getParent();
    @Nullable Path experiment = runs == null ? null : runs.getParent();
    if (experiment == null || !Manifest.isIn(experiment)) {
      return Tones.standard();
    }
    return EvolvedTones.of(Manifest.read(experiment));
  }

  /**
   * The development of the fittest image of a run: a selection of generations, more densely spaced
   * at the beginning.
   */
  static final class Filmstrip {
    private static final int FRAMES = 10;
    private static final int ACROSS = 5;
    private static final int GAP = 18;

    private Filmstrip() {}

    /**
     * Draws the filmstrip from a run's files.
     *
     * @param last the last generation
     * @param tones the grays that the images are painted in
     */
    public static Drawing of(Path generations, Path history, Canvas canvas, int last, Tones tones)
        throws IOException {
      List<RunFrame> frames =
          RunFrame.read(generations, history, canvas, RunFrame.logSpaced(last, FRAMES));
      return Row.lines(
          ACROSS, GAP, GAP, frames.stream().map(frame -> figure(frame, tones)).toList());
    }

    private static PictureFigure figure(RunFrame frame, Tones tones) {
      return PictureFigure.ofPixels(
          tones.painted(frame.image()), frame.captions().toArray(String[]::new));
    }
  }
}
