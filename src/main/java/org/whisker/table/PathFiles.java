package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.PathBand;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PixelPath;
import org.whisker.boundary.ScoredPath;
import org.whisker.image.Canvas;
import org.whisker.io.CsvWriter;

/**
 * The tables of paths between two pictures. Logits are of not-cat, below 0 is cat. A position is
 * the number of changed pixels; on the straight line it is t, from 0 to 1.
 *
 * <ul>
 *   <li>{@code path.csv}: {@code order,draw,position,logit,p_cat}, every scanned picture ({@code
 *       draw} tells random orders apart, and is empty elsewhere)
 *   <li>{@code band.csv}: the spread of p(cat) over the random orders
 *   <li>{@code crossings.csv}: the positions just before and after each crossing of ½
 *   <li>{@code pixels.csv}: {@code order,changed,x,y}, each pixel and its rank in the order of
 *       changes; random orders, which the seed reproduces, are left out
 * </ul>
 */
public final class PathFiles {
  private PathFiles() {}

  /** Writes the tables that apply into {@code folder}. */
  public static void write(Path folder, BoundaryPaths paths) throws IOException {
    try (CsvWriter csv = open(folder, "path", "order", "draw", "position", "logit", "p_cat")) {
      for (ScoredPath path : paths.paths()) {
        scanned(csv, path);
      }
      csv.finish();
    }
    crossings(folder, paths);
    pixels(folder, paths);
    if (paths.band().isPresent()) {
      band(folder, paths.band().get());
    }
  }

  private static CsvWriter open(Path folder, String name, String... header) throws IOException {
    return CsvWriter.create(folder.resolve(name + ".csv"), List.of(header));
  }

  private static String draw(ScoredPath path) {
    return path.draw() == 0 ? "" : Integer.toString(path.draw());
  }

  private static void scanned(CsvWriter csv, ScoredPath path) throws IOException {
    PathProfile profile = path.profile();
    List<Double> probabilities = profile.catProbabilities();
    for (int i = 0; i < profile.positions().size(); i++) {
      csv.row(
          path.kind().label(),
          draw(path),
          profile.positions().get(i),
          profile.logits().get(i),
          probabilities.get(i));
    }
  }

  private static void crossings(Path folder, BoundaryPaths paths) throws IOException {
    try (CsvWriter csv =
        open(
            folder,
            "crossings",
            "order",
            "draw",
            "crossing",
            "towards",
            "before",
            "after",
            "logit_before",
            "p_cat_before",
            "logit_after",
            "p_cat_after")) {
      for (ScoredPath path : paths.paths()) {
        List<Crossing> found = path.profile().crossings();
        for (int i = 0; i < found.size(); i++) {
          Crossing crossing = found.get(i);
          csv.row(
              path.kind().label(),
              draw(path),
              i + 1,
              crossing.towardsCat() ? "cat" : "not-cat",
              crossing.low(),
              crossing.high(),
              crossing.lowLogit(),
              crossing.lowCatProbability(),
              crossing.highLogit(),
              crossing.highCatProbability());
        }
      }
      csv.finish();
    }
  }

  private static void pixels(Path folder, BoundaryPaths paths) throws IOException {
    Canvas canvas = paths.from().canvas();
    try (CsvWriter csv = open(folder, "pixels", "order", "changed", "x", "y")) {
      for (ScoredPath path : paths.paths()) {
        if (path.kind() != PathKind.RANDOM && path.path() instanceof PixelPath pixelPath) {
          int[] order = pixelPath.order();
          for (int i = 0; i < order.length; i++) {
            csv.row(path.kind().label(), i + 1, canvas.x(order[i]), canvas.y(order[i]));
          }
        }
      }
      csv.finish();
    }
  }

  private static void band(Path folder, PathBand band) throws IOException {
    try (CsvWriter csv =
        open(
            folder,
            "band",
            "changed",
            "p_cat_min",
            "p_cat_q05",
            "p_cat_q25",
            "p_cat_median",
            "p_cat_q75",
            "p_cat_q95",
            "p_cat_max",
            "p_cat_mean")) {
      for (int i = 0; i < band.levels().size(); i++) {
        PathBand.Level at = band.levels().get(i);
        csv.row(
            band.positions().get(i),
            at.min(),
            at.q05(),
            at.q25(),
            at.median(),
            at.q75(),
            at.q95(),
            at.max(),
            at.mean());
      }
      csv.finish();
    }
  }
}
