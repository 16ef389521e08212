package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Slice.SliceGrid;
import org.whisker.boundary.Slice.SlicePlane;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class SliceTest {
  private static final Canvas ROW = new Canvas(4, 1);
  private static final BlackPixels WHITE = BlackPixels.none(ROW);

  private static GrayImage gray(float... values) {
    return new GrayImage(ROW, values);
  }

  @Test
  void distancesAreRootMeanSquares() {
    BlackPixels b = BlackPixels.of(ROW, 0);
    SlicePlane plane = SlicePlane.through(WHITE, b, BlackPixels.of(ROW, 0, 1, 2));
    assertEquals(new SlicePlane.Point(0, 0), plane.points().get(0));
    assertEquals(0.5, plane.points().get(1).x(), 1e-12); // one of four pixels: √(1/4)
    assertEquals(0, plane.points().get(1).y());
    assertEquals(0.5, plane.points().get(2).x(), 1e-12);
    assertEquals(Math.sqrt(0.5), plane.points().get(2).y(), 1e-12);
  }

  @Test
  void aPointsPictureIsItself() {
    GrayImage a = gray(1, 0.3f, 0.7f, 0.1f);
    GrayImage b = gray(0.2f, 0.9f, 0.4f, 0.6f);
    GrayImage c = gray(0, 1, 0.5f, 0.25f);
    SlicePlane plane = SlicePlane.through(a, b, c);
    List<GrayImage> corners = List.of(a, b, c);
    for (int i = 0; i < 3; i++) {
      SlicePlane.Point at = plane.points().get(i);
      SlicePlane.Shown shown = plane.at(at.x(), at.y());
      assertArrayEquals(corners.get(i).values(), shown.picture().values(), 1e-6f);
      assertEquals(0, shown.clamped());
      assertEquals(0, shown.moved());
    }
  }

  @Test
  void beyondBlackIsClampedAndCounted() {
    SlicePlane plane =
        SlicePlane.through(WHITE, BlackPixels.of(ROW, 0), BlackPixels.of(ROW, 1, 2, 3));
    SlicePlane.Shown far = plane.at(1, 0); // pixel 0 at −1
    assertArrayEquals(new float[] {0, 1, 1, 1}, far.picture().values(), 1e-6f);
    assertEquals(0.25, far.clamped());
    assertEquals(0.5, far.moved(), 1e-12);
    assertEquals(0.75, plane.at(0, -0.1).clamped());
  }

  @Test
  void threeOnALineSpanNothing() {
    GrayImage half = gray(0.5f, 0.5f, 1, 1);
    BlackPixels end = BlackPixels.of(ROW, 0, 1);
    IllegalArgumentException flat =
        assertThrows(IllegalArgumentException.class, () -> SlicePlane.through(WHITE, half, end));
    assertTrue(String.valueOf(flat.getMessage()).contains("one line"));
    assertThrows(IllegalArgumentException.class, () -> SlicePlane.through(half, half, WHITE));
    assertThrows(IllegalArgumentException.class, () -> SlicePlane.through(half, WHITE, half));
    assertThrows(
        IllegalArgumentException.class,
        () -> SlicePlane.through(WHITE, end, BlackPixels.none(new Canvas(2, 2))));
  }

  @Test
  void ofALinearLogitTheBoundaryIsStraightAndWhereItShouldBe() {
    // from white the logit is 1 − 4·blackness of pixel 0: along x it is 0 at half a gray level
    Formula classifier = Formula.linear(ROW, 1, -2, 1, 0, 0);
    SlicePlane plane = SlicePlane.through(WHITE, BlackPixels.of(ROW, 0), BlackPixels.of(ROW, 2));
    SliceGrid grid = SliceGrid.around(plane.points(), 0, 6);
    Slice slice =
        Slice.of(
            classifier,
            List.of(WHITE, BlackPixels.of(ROW, 0), BlackPixels.of(ROW, 2)),
            plane,
            grid,
            7,
            done -> {});
    assertEquals(7, classifier.largestBatch);
    assertEquals(36 + 3, classifier.scored);
    assertEquals(1, slice.contours().size());
    for (SlicePlane.Point point : slice.contours().get(0).points()) {
      assertEquals(0.25, grid.x(point.x()), 1e-6);
    }
    assertEquals(6, slice.contours().get(0).points().size());
    assertEquals(List.of(1f, -1f, 1f), slice.points().stream().map(Slice.Corner::logit).toList());
    assertEquals(0.5, slice.cats());
    // white + B's and C's blackness at once, but nothing beyond black
    assertEquals(1, slice.inside());
  }

  @Test
  void rowsAreCountedFromTheTop() {
    SliceGrid grid = new SliceGrid(-1, 1, 0, 3, 4);
    assertEquals(-1, grid.x(grid.column(0)));
    assertEquals(3, grid.y(grid.row(0)));
    assertEquals(1, grid.x(grid.column(15)));
    assertEquals(0, grid.y(grid.row(15)));
    assertThrows(IllegalArgumentException.class, () -> new SliceGrid(0, 1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SliceGrid(1, 1, 0, 1, 5));
    assertThrows(
        IllegalArgumentException.class,
        () -> SliceGrid.around(List.of(new SlicePlane.Point(0, 0)), Double.NaN, 5));
  }
}
