package org.whisker.evolution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class BorderTest {
  private static final Canvas CANVAS = new Canvas(9, 7);

  /** How many of the eight directions lead from each pixel to each. */
  private static int[][] moves(Border border, Canvas canvas) {
    int[][] moves = new int[canvas.pixels()][canvas.pixels()];
    for (int from = 0; from < canvas.pixels(); from++) {
      for (int square = 0; square < 9; square++) {
        int to = square == 4 ? -1 : border.pixel(canvas, from, square % 3 - 1, square / 3 - 1);
        if (to >= 0) {
          moves[from][to]++;
        }
      }
    }
    return moves;
  }

  /** How often a lone pixel is found at a pixel, up to a factor. */
  private static double weight(Border border, Canvas canvas, int pixel) {
    int x = canvas.x(pixel);
    int y = canvas.y(pixel);
    boolean side = x == 0 || x == canvas.width() - 1;
    boolean end = y == 0 || y == canvas.height() - 1;
    return switch (border) {
      case CLAMP, WRAP -> 1;
      case REFLECT -> (side ? 0.5 : 1) * (end ? 0.5 : 1);
      case RESAMPLE -> ((side ? 2 : 3) * (end ? 2 : 3) - 1) / 8.0;
    };
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void movesThereAndBackBalance(Border border) {
    int[][] moves = moves(border, CANVAS);
    for (int p = 0; p < CANVAS.pixels(); p++) {
      int all = border == Border.RESAMPLE ? sum(moves[p]) : 8;
      assertEquals(all, sum(moves[p]), "every direction leads somewhere");
      for (int q = 0; q < CANVAS.pixels(); q++) {
        double there = weight(border, CANVAS, p) * moves[p][q] / sum(moves[p]);
        double back = weight(border, CANVAS, q) * moves[q][p] / sum(moves[q]);
        assertEquals(there, back, 1e-12, border + " " + p + " to " + q);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RESAMPLE, 0.506", "CLAMP, 0.5", "WRAP, 0.5", "REFLECT, 0.508"})
  void driftIsAsDocumented(Border border, double documented) {
    assertEquals(documented, expected(border, Canvas.square(128)), 0.0005);
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void aLonePixelWandersAsItsWeightsSay(Border border) {
    EdgeRank ranks = new EdgeRank(CANVAS);
    SplitMix64 random = new SplitMix64(11);
    BlackPixels genome = BlackPixels.of(CANVAS, 0);
    double sum = 0;
    int steps = 200_000;
    for (int i = 0; i < steps; i++) {
      Optional<Edit> edit = EditKind.NUDGE.draw(genome, Region.everywhere(CANVAS), border, random);
      genome = edit.isPresent() ? edit.get().apply(genome) : genome;
      sum += ranks.of(genome.get(0));
    }
    assertEquals(expected(border, CANVAS), sum / steps, 0.015);
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void nobodyLandsOnBlackOrOutsideTheRegion(Border border) {
    Region region = Region.rectangle(CANVAS, 0, 0, 3, 2);
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < 500; i++) {
      BlackPixels genome = BlackPixels.of(CANVAS, 0, 1, CANVAS.index(0, 1), 40);
      var edit = EditKind.NUDGE.draw(genome, region, border, random);
      if (edit.isPresent() && edit.get() instanceof Edit.Move move) {
        assertTrue(region.contains(move.from()) && region.contains(move.to()));
        assertFalse(genome.contains(move.to()));
      }
    }
  }

  @Test
  void thinCanvasesHaveBordersToo() {
    Canvas line = new Canvas(1, 3);
    assertEquals(1, Border.REFLECT.pixel(line, 0, -1, -1));
    assertEquals(1, Border.REFLECT.pixel(line, 2, 1, 1));
    assertEquals(0, Border.CLAMP.pixel(line, 0, -1, -1));
    assertEquals(2, Border.WRAP.pixel(line, 0, 1, -1));
    assertEquals(-1, Border.RESAMPLE.pixel(line, 0, 1, 1));
  }

  @Test
  void labelsAreRead() {
    for (Border border : Border.values()) {
      assertEquals(border, Border.parse(border.label()));
    }
    var e = assertThrows(IllegalArgumentException.class, () -> Border.parse("bounce"));
    assertEquals("border must be resample, clamp, wrap or reflect, was bounce", e.getMessage());
  }

  private static double expected(Border border, Canvas canvas) {
    EdgeRank ranks = new EdgeRank(canvas);
    double sum = 0;
    double weights = 0;
    for (int p = 0; p < canvas.pixels(); p++) {
      sum += weight(border, canvas, p) * ranks.of(p);
      weights += weight(border, canvas, p);
    }
    return sum / weights;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
