package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.diagnosis.Examination.PhotoFolder;
import org.whisker.diagnosis.Scenes.Box;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples;

/**
 * Mean saliency maps (absolute derivatives by the gray values, each map divided by its mean) of
 * pictures in place, of the same pictures rolled and mirrored, and of noise. What stays in place
 * after rolling and mirroring is the network's own.
 */
final class OwnMaps {
  private static final int CELLS = 16;
  private static final int BATCH = 16;

  private final Grid grid;
  private final List<double[]> still;
  private final List<double[]> moved;
  private final List<double[]> noise;
  private final double[] strongest;

  private OwnMaps(
      Canvas canvas,
      List<double[]> still,
      List<double[]> moved,
      List<double[]> noise,
      double[] strongest) {
    this.grid = Grid.of(canvas);
    this.still = still;
    this.moved = moved;
    this.noise = noise;
    this.strongest = strongest;
  }

  /** Computes the maps of the pictures, of moved copies of them, and of the noise pictures. */
  static OwnMaps of(
      DifferentiableClassifier network,
      List<Raster> pictures,
      List<Raster> noise,
      SplitMix64 random) {
    double[] strongest = new double[network.canvas().pixels()];
    List<Raster> moved = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      Raster rolled = Scenes.rolledAway(pictures.get(i), random);
      moved.add(i % 2 == 0 ? rolled : Scenes.mirrored(rolled));
    }
    return new OwnMaps(
        network.canvas(),
        maps(network, pictures, strongest),
        maps(network, moved, strongest),
        maps(network, noise, strongest),
        strongest);
  }

  /** Derivatives of several channels are added up. */
  private static List<double[]> maps(
      DifferentiableClassifier network, List<Raster> pictures, double[] strongest) {
    List<double[]> maps = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += BATCH) {
      List<Raster> part = pictures.subList(from, Math.min(pictures.size(), from + BATCH));
      for (float[] gradient : network.inputGradients(part)) {
        double[] map = new double[strongest.length];
        for (int i = 0; i < gradient.length; i++) {
          map[i % map.length] += Math.abs(gradient[i]);
        }
        for (int i = 0; i < map.length; i++) {
          strongest[i] = Math.max(strongest[i], map[i]);
        }
        double mean = Arrays.stream(map).average().orElse(0);
        maps.add(Arrays.stream(map).map(value -> mean == 0 ? 0 : value / mean).toArray());
      }
    }
    return maps;
  }

  /** The largest absolute derivative of each pixel over all pictures. */
  double[] strongest() {
    return strongest.clone();
  }

  /** The mean map of the pictures in place, 1 on the average. */
  double[] stillMean() {
    return mean(still, i -> true);
  }

  /** The mean map of the moved pictures. */
  double[] movedMean() {
    return mean(moved, i -> true);
  }

  double[] noiseMean() {
    return mean(noise, i -> true);
  }

  private static double[] mean(List<double[]> maps, IntPredicate kept) {
    double[] mean = new double[maps.get(0).length];
    int count = (int) IntStream.range(0, maps.size()).filter(kept).count();
    for (int i = 0; i < maps.size(); i++) {
      if (kept.test(i)) {
        for (int at = 0; at < mean.length; at++) {
          mean[at] += maps.get(i)[at] / count;
        }
      }
    }
    return mean;
  }

  /**
   * The correlation of the mean map with that of the moved pictures, over cells of a coarse grid: 1
   * where all that is seen in the mean map is the network's own.
   */
  Effect stays() {
    return Effect.of(
        still.size(),
        false,
        kept -> correlation(grid.cells(mean(still, kept)), grid.cells(mean(moved, kept))));
  }

  /** The correlation of the two mean maps over all pictures. */
  double stayed() {
    return correlation(grid.cells(stillMean()), grid.cells(movedMean()));
  }

  /**
   * The null of {@link #stayed}: the correlation when one map is rolled by random numbers of cells,
   * for each draw.
   */
  double[] rolled(int draws, SplitMix64 random) {
    double[] a = grid.cells(stillMean());
    double[] b = grid.cells(movedMean());
    return IntStream.range(0, draws)
        .mapToDouble(
            draw -> {
              double[] shifted =
                  grid.rolled(b, random.nextInt(grid.columns()), random.nextInt(grid.rows()));
              return correlation(a, shifted);
            })
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }

  /** Equal blocks over a canvas, at most 16 along each side. */
  private record Grid(Canvas canvas, int columns, int rows) {
    static Grid of(Canvas canvas) {
      return new Grid(canvas, Math.min(CELLS, canvas.width()), Math.min(CELLS, canvas.height()));
    }

    /** The mean of each block, row-major. */
    double[] cells(double[] map) {
      double[] sums = new double[columns * rows];
      int[] counts = new int[sums.length];
      for (int i = 0; i < map.length; i++) {
        int cell =
            canvas.y(i) * rows / canvas.height() * columns + canvas.x(i) * columns / canvas.width();
        sums[cell] += map[i];
        counts[cell]++;
      }
      return IntStream.range(0, sums.length).mapToDouble(i -> sums[i] / counts[i]).toArray();
    }

    double[] rolled(double[] cells, int dx, int dy) {
      double[] shifted = new double[cells.length];
      for (int i = 0; i < cells.length; i++) {
        int x = (i % columns + dx) % columns;
        int y = (i / columns + dy) % rows;
        shifted[y * columns + x] = cells[i];
      }
      return shifted;
    }

    private static int ceiling(int product, int parts) {
      return (product + parts - 1) / parts;
    }

    /** The pixels that {@link #cells} counts to a block. */
    Box box(int cell) {
      int column = cell % columns;
      int row = cell / columns;
      return new Box(
          ceiling(column * canvas.width(), columns),
          ceiling(row * canvas.height(), rows),
          ceiling((column + 1) * canvas.width(), columns),
          ceiling((row + 1) * canvas.height(), rows));
    }
  }

  /**
   * Mean maps of the photos of each of several folders.
   *
   * @param maps one for each row, row-major, 1 on the average
   * @param medians the median over photos of the block whose mean is highest, for each row
   */
  record ByClass(List<ClassMapRow> rows, List<double[]> maps, List<Double> medians) {
    /**
     * Computes the maps.
     *
     * @param most photos of each folder that count
     */
    static ByClass of(DifferentiableClassifier network, List<PhotoFolder> folders, int most) {
      Grid grid = Grid.of(network.canvas());
      List<Integer> photos =
          folders.stream().map(folder -> Math.min(most, folder.photos().size())).toList();
      List<double[]> maps = new ArrayList<>();
      List<Double> medians = new ArrayList<>();
      for (int i = 0; i < folders.size(); i++) {
        List<Raster> shown = folders.get(i).photos().subList(0, photos.get(i));
        List<double[]> each = OwnMaps.maps(network, shown, new double[network.canvas().pixels()]);
        maps.add(mean(each, photo -> true));
        int peak = peak(grid.cells(maps.get(i)));
        medians.add(
            Samples.median(each.stream().mapToDouble(map -> grid.cells(map)[peak]).toArray()));
      }
      List<ClassMapRow> rows = new ArrayList<>();
      for (int i = 0; i < folders.size(); i++) {
        int own = i;
        double[] others = grid.cells(mean(maps, folder -> folder != own));
        rows.add(row(folders.get(i).name(), photos.get(i), grid, grid.cells(maps.get(i)), others));
      }
      return new ByClass(rows, maps, medians);
    }

    private static int peak(double[] cells) {
      return IntStream.range(0, cells.length).reduce(0, (a, b) -> cells[b] > cells[a] ? b : a);
    }

    private static ClassMapRow row(
        String name, int photos, Grid grid, double[] cells, double[] others) {
      int peak = peak(cells);
      Box box = grid.box(peak);
      return new ClassMapRow(
          name,
          photos,
          box.left(),
          box.top(),
          box.right() - box.left(),
          box.bottom() - box.top(),
          cells[peak],
          others[peak],
          correlation(cells, others));
    }
  }
}
