package org.whisker.ablation.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.move.PatternMove.NearestFreePixel;
import org.whisker.ablation.move.PatternMove.PatternMoves;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;

class PatternMoveTest {
  private static final Canvas CANVAS = new Canvas(6, 4);

  private static BlackPixels at(int... xy) {
    int[] indices = new int[xy.length / 2];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = CANVAS.index(xy[2 * i], xy[2 * i + 1]);
    }
    return BlackPixels.of(CANVAS, indices);
  }

  private static BlackPixels moved(PatternMove move, BlackPixels image) {
    return move.of(image, new SplitMix64(1));
  }

  @Test
  void rollsRoundTheBorders() {
    assertEquals(at(0, 1, 3, 3), moved(new PatternMove.Roll(1, -1), at(5, 2, 2, 0)));
  }

  @Test
  void rollsByTheWholeCanvasAreNone() {
    BlackPixels image = at(0, 0, 3, 2, 5, 3);
    assertEquals(image, moved(new PatternMove.Roll(6, -4), image));
  }

  @Test
  void translationsLoseWhatLeaves() {
    assertEquals(at(3, 0), moved(new PatternMove.Translate(1, 0), at(5, 2, 2, 0)));
  }

  @Test
  void mirrorsSwapTheSides() {
    assertEquals(at(0, 2, 4, 0), moved(new PatternMove.Mirror(true), at(5, 2, 1, 0)));
    assertEquals(at(5, 1, 1, 3), moved(new PatternMove.Mirror(false), at(5, 2, 1, 0)));
  }

  @Test
  void shrinkingKeepsTheNumberAndComesNearer() {
    BlackPixels corners = at(0, 0, 5, 0, 0, 3, 5, 3, 1, 0, 0, 1);
    BlackPixels shrunk = moved(new PatternMove.Shrink(0.1), corners);
    assertEquals(6, shrunk.count());
    EdgeRank rank = new EdgeRank(CANVAS);
    assertTrue(rank.edgeIndex(shrunk).orElseThrow() > rank.edgeIndex(corners).orElseThrow() + 0.3);
    assertEquals(corners, moved(new PatternMove.Shrink(1), corners));
    assertThrows(IllegalArgumentException.class, () -> new PatternMove.Shrink(0));
  }

  @Test
  void invertingSwapsEdgeAndCentre() {
    Canvas canvas = Canvas.square(101);
    EdgeRank rank = new EdgeRank(canvas);
    for (int x : List.of(1, 10, 30, 45, 60, 95)) {
      BlackPixels image = BlackPixels.of(canvas, canvas.index(x, 50));
      BlackPixels inverted = moved(new PatternMove.Invert(), image);
      double before = rank.of(image.get(0));
      assertEquals(1 - before, rank.of(inverted.get(0)), 0.04, "x = " + x);
      assertEquals(x < 50, canvas.x(inverted.get(0)) < 50, "keeps its side");
    }
  }

  @Test
  void scatteringKeepsTheNumberAndFollowsTheSeed() {
    BlackPixels image = at(0, 0, 5, 0, 0, 3);
    PatternMove scatter = new PatternMove.Scatter(1);
    assertEquals(3, moved(scatter, image).count());
    assertEquals(moved(scatter, image), moved(scatter, image));
    assertNotEquals(scatter.of(image, new SplitMix64(2)), scatter.of(image, new SplitMix64(3)));
  }

  @Test
  void everyMoveKeepsPixelsUnlessTheyLeave() {
    Canvas canvas = new Canvas(17, 12);
    BlackPixels image =
        new PatternMove.Scatter(1)
            .of(BlackPixels.of(canvas, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), new SplitMix64(5));
    for (PatternMove move : PatternMoves.standard(canvas)) {
      BlackPixels moved = move.of(image, new SplitMix64(7));
      if (move instanceof PatternMove.Translate) {
        assertTrue(moved.count() <= 10, move.toString());
      } else {
        assertEquals(10, moved.count(), move.toString());
      }
    }
  }

  @Test
  void standardMovesAreAllDifferent() {
    List<PatternMove> moves = PatternMoves.standard(Canvas.square(32));
    assertEquals(moves.size(), moves.stream().distinct().count());
    assertEquals(64, moves.stream().filter(m -> m instanceof PatternMove.Roll).count());
    assertEquals(32, moves.stream().filter(m -> m instanceof PatternMove.Translate).count());
  }

  @Test
  void nearestFreePlacesFillSquares() {
    Canvas canvas = Canvas.square(9);
    int middle = canvas.index(4, 4);
    int[] all = new int[9];
    java.util.Arrays.fill(all, middle);
    BlackPixels placed = NearestFreePixel.place(canvas, all);
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        assertTrue(placed.contains(canvas.index(4 + dx, 4 + dy)), dx + ", " + dy);
      }
    }
  }

  @Test
  void nearestFreePlacesFillTheCanvas() {
    int[] all = new int[CANVAS.pixels()];
    assertEquals(CANVAS.pixels(), NearestFreePixel.place(CANVAS, all).count());
  }
}
