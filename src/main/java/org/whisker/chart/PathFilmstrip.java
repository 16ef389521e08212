package org.whisker.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PixelPath;
import org.whisker.boundary.ScoredPath;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;

/**
 * The pictures just on either side of the boundary: a pair a crossing, after the two ends. Of the
 * random orders there is the first; of many crossings the first, one in the middle, the last.
 */
final class PathFilmstrip {
  private static final int GAP = 18;
  private static final int ACROSS = 2;
  private static final int MOST_RINGS = 3;

  private PathFilmstrip() {}

  static Drawing of(BoundaryPaths paths) {
    List<Drawing> pairs = new ArrayList<>(List.of(ends(paths)));
    for (ScoredPath path : paths.paths()) {
      if (path.draw() <= 1) {
        pairs.addAll(pairs(path));
      }
    }
    List<Drawing> rows = new ArrayList<>();
    for (int at = 0; at < pairs.size(); at += ACROSS) {
      rows.add(Row.across(3 * GAP, pairs.subList(at, Math.min(pairs.size(), at + ACROSS))));
    }
    return new Row(rows, GAP, true);
  }

  private static Drawing ends(BoundaryPaths paths) {
    PathProfile any = paths.paths().get(0).profile();
    int last = any.logits().size() - 1;
    return Row.across(
        GAP,
        List.of(
            figure(paths.from(), List.of(), "from", any.logits().get(0), ""),
            figure(paths.to(), List.of(), "to", any.logits().get(last), differ(paths))));
  }

  private static String differ(BoundaryPaths paths) {
    return "differ in " + paths.differing() + (paths.differing() == 1 ? " pixel" : " pixels");
  }

  private static List<Drawing> pairs(ScoredPath path) {
    List<Crossing> all = path.profile().crossings();
    List<Drawing> pairs = new ArrayList<>();
    for (int i : shown(all.size())) {
      Crossing crossing = all.get(i);
      String which = all.size() == 1 ? "" : ", crossing " + (i + 1) + " of " + all.size();
      String name = path.kind().label() + (path.draw() == 1 ? " (order 1)" : "") + which;
      PictureFigure before =
          figure(
              path.path().at(crossing.low()),
              List.of(),
              name + ": before",
              crossing.lowCatProbability(),
              position(path, crossing.low()));
      PictureFigure after =
          figure(
              path.path().at(crossing.high()),
              rings(path, crossing),
              "after",
              crossing.highCatProbability(),
              position(path, crossing.high()));
      pairs.add(Row.across(GAP, List.of(before, after)));
    }
    return pairs;
  }

  private static List<Integer> shown(int crossings) {
    return crossings <= 3
        ? List.of(0, 1, 2).subList(0, crossings)
        : List.of(0, crossings / 2, crossings - 1);
  }

  /** Around what changed between before and after. */
  private static List<Integer> rings(ScoredPath path, Crossing crossing) {
    if (!(path.path() instanceof PixelPath pixels)
        || crossing.high() - crossing.low() > MOST_RINGS) {
      return List.of();
    }
    int[] order = pixels.order();
    return Arrays.stream(order, (int) crossing.low(), (int) crossing.high()).boxed().toList();
  }

  private static String position(ScoredPath path, double at) {
    return path.kind() == PathKind.STRAIGHT
        ? "t = " + Decimals.fixed(at, 5)
        : Math.round(at) + " of " + Math.round(path.path().length()) + " pixels changed";
  }

  private static PictureFigure figure(
      Raster picture, List<Integer> rings, String name, double catProbability, String at) {
    String p = Decimals.fixed(catProbability, 4);
    return PictureFigure.of(picture, name, "p(cat) " + p, at).withRings(rings);
  }
}
