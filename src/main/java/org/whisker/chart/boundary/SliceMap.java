package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.table.boundary.ContourRow;
import org.whisker.table.boundary.SlicePointRow;
import org.whisker.table.boundary.SliceRow;

/**
 * The tables of a slice.
 *
 * @param places grid points in row-major order from the top; the grid is square
 * @param lines the points of each contour line p(cat) = ½
 * @param points A, B and C
 */
record SliceMap(List<SliceRow> places, List<List<ContourRow>> lines, List<SlicePointRow> points) {
  SliceMap {
    places = List.copyOf(places);
    lines = List.copyOf(lines);
    points = List.copyOf(points);
  }

  static SliceMap read(Path folder) throws IOException {
    Map<Integer, List<ContourRow>> lines = new LinkedHashMap<>();
    for (ContourRow point : ContourRow.TABLE.read(folder.resolve(ContourRow.FILE))) {
      lines.computeIfAbsent(point.line(), line -> new ArrayList<>()).add(point);
    }
    return new SliceMap(
        SliceRow.TABLE.read(folder.resolve(SliceRow.FILE)),
        List.copyOf(lines.values()),
        SlicePointRow.TABLE.read(folder.resolve(SlicePointRow.FILE)));
  }

  private SliceRow last() {
    return places.get(places.size() - 1);
  }

  /** The number of rows, which is also that of columns. */
  int size() {
    return last().column() + 1;
  }

  double left() {
    return places.get(0).x();
  }

  double right() {
    return last().x();
  }

  double top() {
    return places.get(0).y();
  }

  double bottom() {
    return last().y();
  }

  float[] logits() {
    float[] logits = new float[places.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = places.get(i).logit();
    }
    return logits;
  }

  /** Whether gray values were clamped at any grid point. */
  boolean isClamped() {
    return places.stream().anyMatch(place -> place.clampedShare() > 0);
  }
}
