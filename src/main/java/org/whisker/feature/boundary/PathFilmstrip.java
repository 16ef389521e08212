package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.ImagePath;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.ImagePath.StraightPath;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.StoredPictures;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;

/**
 * {@code filmstrip.png}: the images immediately before and after the decision boundary, one pair
 * per crossing, after the two ends of the path. Of the random orders, only the first is shown; of
 * many crossings, the first, one in the middle and the last.
 */
public final class PathFilmstrip implements FolderChart {
  private static final int GAP = 18;
  private static final int ACROSS = 2;
  private static final int MOST_RINGS = 3;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path ends = folder.resolve(StoredPictures.ENDS);
    Path path = folder.resolve(PathProfile.Scored.FILE);
    Path crossings = folder.resolve(Crossing.OnPath.FILE);
    if (Files.exists(ends)
        && PathProfile.Scored.TABLE.isIn(path)
        && Crossing.OnPath.TABLE.isIn(crossings)) {
      Strip strip = new Strip(Paths.read(folder, ends));
      files.write(
          folder,
          "filmstrip",
          strip.drawing(
              PathProfile.Scored.TABLE.read(path), Crossing.OnPath.TABLE.read(crossings)));
    }
  }

  /**
   * What the paths lead through.
   *
   * @param steps the steps of all pixel paths but the random ones
   * @param seed the seed of the random ones
   */
  private record Paths(PlanarImage from, PlanarImage to, List<PixelPath.Step> steps, long seed) {
    static Paths read(Path folder, Path ends) throws IOException {
      List<PlanarImage> pictures = StoredPictures.read(ends, 2);
      String seed = Manifest.text(folder, "/seed");
      return new Paths(
          pictures.get(0),
          pictures.get(1),
          PixelPath.Step.TABLE.readIn(folder),
          seed.isEmpty() ? 1 : Long.parseLong(seed));
    }

    int differing() {
      return PixelOrders.differing(from, to);
    }

    Pair at(Crossing.OnPath row) {
      if (row.isStraight()) {
        return pair(new StraightPath(from, to, 1, 1), row, List.of());
      }
      int[] order =
          row.draw().isPresent()
              ? BoundaryPaths.randomOrder(from, to, seed, row.draw().getAsInt())
              : order(row.order());
      List<Integer> changed =
          Arrays.stream(order, (int) row.between().before(), (int) row.between().after())
              .boxed()
              .toList();
      return pair(new PixelPath(from, to, order, 1), row, changed);
    }

    private int[] order(String name) {
      Canvas canvas = from.canvas();
      return steps.stream()
          .filter(step -> step.order().equals(name))
          .mapToInt(step -> canvas.index(step.x(), step.y()))
          .toArray();
    }

    private static Pair pair(ImagePath path, Crossing.OnPath row, List<Integer> changed) {
      return new Pair(
          path.at(row.between().before()), path.at(row.between().after()), changed, path.length());
    }
  }

  /**
   * The images before and after a crossing.
   *
   * @param changed the pixels that changed between them; empty on the straight line
   * @param length the length of the path, in the unit of its positions
   */
  private record Pair(Raster before, Raster after, List<Integer> changed, double length) {}

  private record Strip(Paths paths) {
    Drawing drawing(List<PathProfile.Scored> path, List<Crossing.OnPath> crossings) {
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
     * Draws both ends with the scores of the first path: all paths begin and end with the same
     * images.
     */
    private Drawing ends(List<PathProfile.Scored> path) {
      PathProfile.Scored first = path.get(0);
      List<PathProfile.Scored> any =
          path.stream()
              .filter(row -> row.order().equals(first.order()) && row.draw().equals(first.draw()))
              .toList();
      int differing = paths.differing();
      String differ = "differ in " + differing + (differing == 1 ? " pixel" : " pixels");
      return Row.across(
          GAP,
          List.of(
              figure(paths.from, List.of(), "from", first.catProbability(), ""),
              figure(paths.to, List.of(), "to", any.get(any.size() - 1).catProbability(), differ)));
    }

    private List<Drawing> pairs(List<Crossing.OnPath> path) {
      List<Drawing> pairs = new ArrayList<>();
      for (int i : shown(path.size())) {
        Crossing.OnPath row = path.get(i);
        String which =
            path.size() == 1 ? "" : ", crossing " + row.crossing() + " of " + path.size();
        String name = row.order() + (row.draw().isPresent() ? " (order 1)" : "") + which;
        Pair pair = paths.at(row);
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
      return PictureFigure.of(picture, name, "p(target) " + p, at).withRings(rings);
    }
  }
}
