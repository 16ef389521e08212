package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Contour;
import org.whisker.boundary.Slice;

/**
 * The tables of a slice.
 *
 * @param places grid points in row-major order from the top; the grid is square
 * @param lines the points of each contour line p(cat) = ½
 * @param points A, B and C
 */
record SliceMap(
    List<Slice.Place> places, List<List<Contour.Vertex>> lines, List<Slice.NamedCorner> points) {
  SliceMap {
    places = List.copyOf(places);
    lines = List.copyOf(lines);
    points = List.copyOf(points);
  }

  static SliceMap read(Path folder) throws IOException {
    Map<Integer, List<Contour.Vertex>> lines = new LinkedHashMap<>();
    for (Contour.Vertex point : Contour.Vertex.TABLE.read(folder.resolve(Contour.Vertex.FILE))) {
      lines.computeIfAbsent(point.line(), line -> new ArrayList<>()).add(point);
    }
    return new SliceMap(
        Slice.Place.TABLE.read(folder.resolve(Slice.Place.FILE)),
        List.copyOf(lines.values()),
        Slice.NamedCorner.TABLE.read(folder.resolve(Slice.NamedCorner.FILE)));
  }

  private Slice.Place last() {
    return places.get(places.size() - 1);
  }

  /** The number of rows, which is also that of columns. */
  int size() {
    return last().column() + 1;
  }

  double left() {
    return places.get(0).at().x();
  }

  double right() {
    return last().at().x();
  }

  double top() {
    return places.get(0).at().y();
  }

  double bottom() {
    return last().at().y();
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
