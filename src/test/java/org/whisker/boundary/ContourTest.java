package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Slice.SlicePlane;

class ContourTest {
  private static SlicePlane.Point at(double x, double y) {
    return new SlicePlane.Point(x, y);
  }

  @Test
  void betweenTwoPlacesTheValueIsLinear() {
    List<Contour> lines = Contour.zero(new float[] {-1, 3, -1, 3}, 2);
    assertEquals(1, lines.size());
    assertEquals(Set.of(at(0.25, 0), at(0.25, 1)), Set.copyOf(lines.get(0).points()));
  }

  @Test
  void aHillIsClosed() {
    float[] hill = {-1, -1, -1, -1, 1, -1, -1, -1, -1};
    List<Contour> lines = Contour.zero(hill, 3);
    assertEquals(1, lines.size());
    List<SlicePlane.Point> points = lines.get(0).points();
    assertEquals(5, points.size());
    assertEquals(points.get(0), points.get(4));
    assertEquals(Set.of(at(1, 0.5), at(1.5, 1), at(1, 1.5), at(0.5, 1)), Set.copyOf(points));
  }

  @Test
  void aCircleHasItsRadius() {
    int size = 41;
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.hypot(i % size - 20, Math.floorDiv(i, size) - 20) - 13.3);
    }
    List<Contour> lines = Contour.zero(values, size);
    assertEquals(1, lines.size());
    for (SlicePlane.Point point : lines.get(0).points()) {
      assertEquals(13.3, Math.hypot(point.x() - 20, point.y() - 20), 0.02);
    }
  }

  @Test
  void whereCornersAlternateTheMeanDecides() {
    // above at the top left and bottom right; with a mean above 0 the two others are cut off
    assertEquals(Set.of(joined(0.75, 0, 1, 0.25), joined(0, 0.75, 0.25, 1)), saddle(3, -1));
    // with a mean below 0 those above are
    assertEquals(Set.of(joined(0.25, 0, 0, 0.25), joined(1, 0.75, 0.75, 1)), saddle(1, -3));
  }

  private static Set<SlicePlane.Point> joined(double x1, double y1, double x2, double y2) {
    return Set.of(at(x1, y1), at(x2, y2));
  }

  private static Set<Set<SlicePlane.Point>> saddle(float above, float below) {
    return Contour.zero(new float[] {above, below, below, above}, 2).stream()
        .map(line -> Set.copyOf(line.points()))
        .collect(Collectors.toSet());
  }

  @Test
  void oneSideAloneHasNoLine() {
    assertTrue(Contour.zero(new float[] {1, 2, 3, 4}, 2).isEmpty());
    // 0 itself is cat
    assertTrue(Contour.zero(new float[] {0, -2, 0, -4}, 2).isEmpty());
    assertEquals(1, Contour.zero(new float[] {0, 1, 0, 1}, 2).size());
    assertThrows(IllegalArgumentException.class, () -> new Contour(List.of(at(0, 0))));
  }
}
