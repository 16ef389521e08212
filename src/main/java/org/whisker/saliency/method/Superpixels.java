package org.whisker.saliency.method;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;

/**
 * Superpixels: connected regions of a picture of similar colour and size, by SLIC (Achanta et al.,
 * 2012, doi:10.1109/TPAMI.2012.120), as scikit-image's {@code slic} finds them at its defaults
 * (compactness 10, ten rounds, no smoothing, connectivity enforced). Colours are stretched from 0
 * to 1 and compared in CIE Lab; gray is seen as three equal colours, as {@code lime} does.
 */
final class Superpixels {
  private static final double COMPACTNESS = 10;
  private static final int ROUNDS = 10;

  /** Connected pieces below and above these shares of the mean size are joined and cut. */
  private static final double SMALLEST = 0.5;

  private static final double LARGEST = 3;

  private final Canvas canvas;

  /** The colours of all pixels, plane by plane, over the compactness. */
  private final double[][] colours;

  private final Grid rows;
  private final Grid columns;

  private Superpixels(PlanarImage picture, int about) {
    this.canvas = picture.canvas();
    this.colours = scaled(picture);
    double[] steps = steps(canvas.height(), canvas.width(), about);
    this.rows = Grid.of(canvas.height(), steps[0]);
    this.columns = Grid.of(canvas.width(), steps[1]);
  }

  /**
   * The superpixel of each pixel, row by row.
   *
   * @param about how many are asked for, at least 1; there may be fewer or more
   * @return numbers from 0 on, each of which occurs
   */
  static int[] of(PlanarImage picture, int about) {
    Superpixels superpixels = new Superpixels(picture, about);
    return superpixels.connected(superpixels.clusters());
  }

  /** Where centres lie along an axis at first. */
  private record Grid(int start, int step, int size) {
    static Grid of(int size, double step) {
      return new Grid((int) Math.floor(step / 2), (int) Math.rint(step), size);
    }

    int count() {
      return Math.max(0, (size - start + step - 1) / step);
    }

    int at(int index) {
      return start + index * step;
    }
  }

  /** Of a grid of about so many places, as {@code regular_grid} lays it out. */
  private static double[] steps(int height, int width, int about) {
    double pixels = (double) height * width;
    if (pixels <= about) {
      return new double[] {1, 1};
    }
    double step = Math.sqrt(pixels / about);
    int shorter = Math.min(height, width);
    if (shorter >= step) {
      return new double[] {step, step};
    }
    double along = (double) Math.max(height, width) / about;
    return height <= width ? new double[] {shorter, along} : new double[] {along, shorter};
  }

  private static double[][] scaled(PlanarImage picture) {
    float[] values = picture.in(PlanarImage.COLOURS).values();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double range = high > low ? high - low : 1;
    int pixels = picture.canvas().pixels();
    double[][] planes = new double[PlanarImage.COLOURS][pixels];
    for (int i = 0; i < values.length; i++) {
      planes[i / pixels][i % pixels] = (values[i] - low) / range;
    }
    Lab.convert(planes);
    for (double[] plane : planes) {
      Arrays.setAll(plane, i -> plane[i] / COMPACTNESS);
    }
    return planes;
  }

  /** From sRGB to CIE Lab under D65, seen by an observer of 2 degrees. */
  private static final class Lab {
    private static final double[][] TO_XYZ = {
      {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
    };
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    static void convert(double[][] planes) {
      for (int i = 0; i < planes[0].length; i++) {
        double[] f = new double[WHITE.length];
        for (int axis = 0; axis < f.length; axis++) {
          double sum = 0;
          for (int plane = 0; plane < planes.length; plane++) {
            sum += TO_XYZ[axis][plane] * linear(planes[plane][i]);
          }
          f[axis] = lightness(sum / WHITE[axis]);
        }
        planes[0][i] = 116 * f[1] - 16;
        planes[1][i] = 500 * (f[0] - f[1]);
        planes[2][i] = 200 * (f[1] - f[2]);
      }
    }

    private static double linear(double value) {
      return value > 0.04045 ? Math.pow((value + 0.055) / 1.055, 2.4) : value / 12.92;
    }

    private static double lightness(double share) {
      return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16.0 / 116;
    }
  }

  /** A centre: its row, its column, then its colour. */
  private double[][] centres() {
    double[][] centres = new double[rows.count() * columns.count()][2 + colours.length];
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        double[] centre = centres[row * columns.count() + column];
        centre[0] = rows.at(row);
        centre[1] = columns.at(column);
      }
    }
    return centres;
  }

  /** The nearest centre of each pixel, after some rounds of k-means around the grid. */
  private int[] clusters() {
    double[][] centres = centres();
    int[] nearest = new int[canvas.pixels()];
    double[] distances = new double[canvas.pixels()];
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(distances, Double.MAX_VALUE);
      for (int centre = 0; centre < centres.length; centre++) {
        assign(centre, centres[centre], nearest, distances);
      }
      means(centres, nearest);
    }
    return nearest;
  }

  /** Takes the pixels around a centre that are nearer to it than to those before. */
  private void assign(int number, double[] centre, int[] nearest, double[] distances) {
    double weight = Math.pow(1.0 / Math.max(rows.step, columns.step), 2);
    int bottom = (int) Math.min(centre[0] + 2 * rows.step + 1, canvas.height());
    int right = (int) Math.min(centre[1] + 2 * columns.step + 1, canvas.width());
    for (int y = (int) Math.max(centre[0] - 2 * rows.step, 0); y < bottom; y++) {
      for (int x = (int) Math.max(centre[1] - 2 * columns.step, 0); x < right; x++) {
        int pixel = canvas.index(x, y);
        double dy = centre[0] - y;
        double dx = centre[1] - x;
        double distance = (dy * dy + dx * dx) * weight;
        for (int plane = 0; plane < colours.length; plane++) {
          double difference = colours[plane][pixel] - centre[2 + plane];
          distance += difference * difference;
        }
        if (distance < distances[pixel]) {
          distances[pixel] = distance;
          nearest[pixel] = number;
        }
      }
    }
  }

  /** Moves each centre to the mean of its pixels; one without any is nobody's from then on. */
  private void means(double[][] centres, int[] nearest) {
    int[] sizes = new int[centres.length];
    for (double[] centre : centres) {
      Arrays.fill(centre, 0);
    }
    for (int pixel = 0; pixel < nearest.length; pixel++) {
      double[] centre = centres[nearest[pixel]];
      sizes[nearest[pixel]]++;
      centre[0] += canvas.y(pixel);
      centre[1] += canvas.x(pixel);
      for (int plane = 0; plane < colours.length; plane++) {
        centre[2 + plane] += colours[plane][pixel];
      }
    }
    for (int i = 0; i < sizes.length; i++) {
      int size = sizes[i];
      double[] centre = centres[i];
      Arrays.setAll(centre, part -> centre[part] / size);
    }
  }

  /**
   * Gives each connected piece a number of its own. A piece below the smallest size joins one that
   * it touches; one above the largest is cut.
   */
  private int[] connected(int[] clusters) {
    double mean = (double) canvas.pixels() / (rows.count() * columns.count());
    int least = (int) (SMALLEST * mean);
    int most = (int) (LARGEST * mean);
    int[] pieces = new int[canvas.pixels()];
    Arrays.fill(pieces, -1);
    int next = 0;
    for (int pixel = 0; pixel < pieces.length; pixel++) {
      if (pieces[pixel] < 0) {
        Piece piece = new Piece(clusters, pieces, next, most);
        piece.grow(pixel);
        if (piece.pixels.size() < least) {
          piece.pixels.forEach(each -> pieces[each] = piece.beside);
        } else {
          next++;
        }
      }
    }
    return pieces;
  }

  /** A connected piece of one cluster, as it grows. */
  private final class Piece {
    private final int[] clusters;
    private final int[] pieces;
    private final int number;
    private final int most;
    private final List<Integer> pixels = new ArrayList<>();

    /** Another piece that it touches; the first where it touches none. */
    private int beside;

    Piece(int[] clusters, int[] pieces, int number, int most) {
      this.clusters = clusters;
      this.pieces = pieces;
      this.number = number;
      this.most = most;
    }

    void grow(int from) {
      ArrayDeque<Integer> open = new ArrayDeque<>();
      add(from, open);
      while (!open.isEmpty() && pixels.size() < most) {
        int pixel = open.remove();
        int x = canvas.x(pixel);
        int y = canvas.y(pixel);
        int[][] around = {{x + 1, y}, {x - 1, y}, {x, y + 1}, {x, y - 1}};
        for (int[] other : around) {
          if (pixels.size() < most && canvas.contains(other[0], other[1])) {
            look(canvas.index(other[0], other[1]), clusters[from], open);
          }
        }
      }
    }

    private void look(int pixel, int cluster, ArrayDeque<Integer> open) {
      if (pieces[pixel] < 0 && clusters[pixel] == cluster) {
        add(pixel, open);
      } else if (pieces[pixel] >= 0 && pieces[pixel] != number) {
        beside = pieces[pixel];
      }
    }

    private void add(int pixel, ArrayDeque<Integer> open) {
      pieces[pixel] = number;
      pixels.add(pixel);
      open.add(pixel);
    }
  }
}
