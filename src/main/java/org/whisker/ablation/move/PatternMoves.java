package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Canvas;

/** The moves applied to evolved images. */
public final class PatternMoves {
  private static final int TRANSLATIONS = 8;
  private static final int SCALES = 10;
  private static final int SCATTERS = 20;

  private PatternMoves() {}

  /**
   * All rolls up to half the canvas in four directions; translations by sixteenths of it;
   * contractions by tenths; both reflections; the exchange of edge and centre; and the control,
   * scattered pixels.
   */
  public static List<PatternMove> standard(Canvas canvas) {
    List<PatternMove> moves = new ArrayList<>();
    int half = Math.min(canvas.width(), canvas.height()) / 2;
    for (int step = 1; step <= half; step++) {
      for (int[] towards : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        moves.add(new PatternMove.Roll(step * towards[0], step * towards[1]));
        if (step * TRANSLATIONS % half < TRANSLATIONS) {
          moves.add(new PatternMove.Translate(step * towards[0], step * towards[1]));
        }
      }
    }
    for (int tenths = SCALES - 1; tenths >= 1; tenths--) {
      moves.add(new PatternMove.Shrink(tenths / (double) SCALES));
    }
    moves.add(new PatternMove.Mirror(true));
    moves.add(new PatternMove.Mirror(false));
    moves.add(new PatternMove.Invert());
    for (int draw = 1; draw <= SCATTERS; draw++) {
      moves.add(new PatternMove.Scatter(draw));
    }
    return moves;
  }
}
