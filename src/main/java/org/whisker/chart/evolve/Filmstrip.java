package org.whisker.chart.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/**
 * The development of the fittest image of a run: a selection of generations, more densely spaced at
 * the beginning.
 */
final class Filmstrip {
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
    return Row.lines(ACROSS, GAP, GAP, frames.stream().map(frame -> figure(frame, tones)).toList());
  }

  private static PictureFigure figure(RunFrame frame, Tones tones) {
    return PictureFigure.ofPixels(
        tones.painted(frame.image()), frame.captions().toArray(String[]::new));
  }
}
