package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.PathProfile;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;

/**
 * The images immediately before and after the decision boundary: one pair per crossing, after the
 * two ends of the path. Of the random orders, only the first is shown; of many crossings, the
 * first, one in the middle and the last.
 *
 * @param from image at the beginning of the paths
 * @param to image at the end of the paths
 * @param differing number of pixels in which these two differ
 * @param pictures the images at each crossing
 */
public record PathFilmstrip(
    Raster from, Raster to, int differing, Function<Crossing.OnPath, Pair> pictures) {
  private static final int GAP = 18;
  private static final int ACROSS = 2;
  private static final int MOST_RINGS = 3;

  /**
   * The images before and after a crossing.
   *
   * @param changed the pixels that changed between them; empty on the straight line
   * @param length of the path, in the unit of its positions
   */
  public record Pair(Raster before, Raster after, List<Integer> changed, double length) {
    public Pair {
      changed = List.copyOf(changed);
    }
  }

  /**
   * Writes {@code filmstrip}.
   *
   * @param folder with {@code path.csv} and {@code crossings.csv}
   */
  public void write(Path folder) throws IOException {
    List<PathProfile.Scored> path =
        PathProfile.Scored.TABLE.read(folder.resolve(PathProfile.Scored.FILE));
    List<Crossing.OnPath> crossings =
        Crossing.OnPath.TABLE.read(folder.resolve(Crossing.OnPath.FILE));
    ChartFiles.of(folder).write(folder, "filmstrip", drawing(path, crossings));
  }

  private Drawing drawing(List<PathProfile.Scored> path, List<Crossing.OnPath> crossings) {
    Map<String, List<Crossing.OnPath>> orders = new LinkedHashMap<>();
    for (Crossing.OnPath row : crossings) {
      if (row.draw().orElse(1) == 1) {
        orders.computeIfAbsent(row.order(), order -> new ArrayList<>()).add(row);
      }
    }
    List<Drawing> pairs = new ArrayList<>(List.of(ends(path)));
    orders.values().forEach(all -> pairs.addAll(pairs(all)));
    return Row.lines(ACROSS, 3 * GAP, GAP, pairs);
  }

  /**
   * With the scores of the ends of the first path: all paths begin and end with the same images.
   */
  private Drawing ends(List<PathProfile.Scored> path) {
    PathProfile.Scored first = path.get(0);
    List<PathProfile.Scored> any =
        path.stream()
            .filter(row -> row.order().equals(first.order()) && row.draw().equals(first.draw()))
            .toList();
    String differ = "differ in " + differing + (differing == 1 ? " pixel" : " pixels");
    return Row.across(
        GAP,
        List.of(
            figure(from, List.of(), "from", first.catProbability(), ""),
            figure(to, List.of(), "to", any.get(any.size() - 1).catProbability(), differ)));
  }

  private List<Drawing> pairs(List<Crossing.OnPath> path) {
    List<Drawing> pairs = new ArrayList<>();
    for (int i : shown(path.size())) {
      Crossing.OnPath row = path.get(i);
      String which = path.size() == 1 ? "" : ", crossing " + row.crossing() + " of " + path.size();
      String name = row.order() + (row.draw().isPresent() ? " (order 1)" : "") + which;
      Pair pair = pictures.apply(row);
      List<Integer> rings = pair.changed.size() > MOST_RINGS ? List.of() : pair.changed;
      String before = position(row, row.between().before(), pair.length);
      String after = position(row, row.between().after(), pair.length);
      pairs.add(
          Row.across(
              GAP,
              List.of(
                  figure(
                      pair.before,
                      List.of(),
                      name + ": before",
                      row.between().catProbabilityBefore(),
                      before),
                  figure(
                      pair.after,
                      rings,
                      rings.isEmpty() ? "after" : "after; ringed: what changed",
                      row.between().catProbabilityAfter(),
                      after))));
    }
    return pairs;
  }

  private static List<Integer> shown(int crossings) {
    return crossings <= 3
        ? List.of(0, 1, 2).subList(0, crossings)
        : List.of(0, crossings / 2, crossings - 1);
  }

  private static String position(Crossing.OnPath row, double at, double length) {
    return row.isStraight()
        ? "t = " + Decimals.fixed(at, 5)
        : Math.round(at) + " of " + Math.round(length) + " pixels changed";
  }

  private static PictureFigure figure(
      Raster picture, List<Integer> rings, String name, double catProbability, String at) {
    String p = Decimals.fixed(catProbability, 4);
    return PictureFigure.of(picture, name, "p(cat) " + p, at).withRings(rings);
  }
}
