package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

/** The pictures that a network is diagnosed by: photos or drawn ones, and the same moved. */
final class Scenes {
  private static final double ROUGHNESS = 0.8;

  private Scenes() {}

  /** Takes every pixel from another place of the same picture. */
  static Raster remapped(Raster picture, IntUnaryOperator source) {
    float[] values = picture.values();
    float[] moved = new float[values.length];
    int pixels = picture.canvas().pixels();
    for (int i = 0; i < pixels; i++) {
      int from = source.applyAsInt(i);
      for (int plane = 0; plane < values.length; plane += pixels) {
        moved[plane + i] = values[plane + from];
      }
    }
    return PlanarImage.of(picture.canvas(), moved);
  }

  /** Rolled right and down over its borders. */
  static Raster rolled(Raster picture, int dx, int dy) {
    Canvas canvas = picture.canvas();
    return remapped(
        picture,
        i ->
            canvas.index(
                Math.floorMod(canvas.x(i) - dx, canvas.width()),
                Math.floorMod(canvas.y(i) - dy, canvas.height())));
  }

  /** Exchanges left and right. */
  static Raster mirrored(Raster picture) {
    Canvas canvas = picture.canvas();
    return remapped(picture, i -> canvas.index(canvas.width() - 1 - canvas.x(i), canvas.y(i)));
  }

  /**
   * Rolled by about a quarter to three quarters of each side, so that what was at the border lies
   * within, and the new border is one place of the picture.
   */
  static Raster rolledAway(Raster picture, SplitMix64 random) {
    Canvas canvas = picture.canvas();
    return rolled(picture, within(canvas.width(), random), within(canvas.height(), random));
  }

  private static int within(int side, SplitMix64 random) {
    return side / 4 + random.nextInt(Math.max(1, side / 2));
  }

  /** A picture with a box of another in its place. */
  static Raster patched(Raster picture, Box box, Raster from) {
    float[] values = picture.values();
    Canvas canvas = picture.canvas();
    float[] other = new float[values.length];
    from.paint(other, 0, values.length / canvas.pixels());
    for (int plane = 0; plane < values.length; plane += canvas.pixels()) {
      for (int y = box.top(); y < box.bottom(); y++) {
        for (int x = box.left(); x < box.right(); x++) {
          values[plane + canvas.index(x, y)] = other[plane + canvas.index(x, y)];
        }
      }
    }
    return PlanarImage.of(canvas, values);
  }

  /** A picture of one gray. */
  static Raster plain(Canvas canvas, double gray) {
    return GrayImage.filled(canvas, (float) gray);
  }

  /** The mean of a picture's values. */
  static double mean(Raster picture) {
    double sum = 0;
    float[] values = picture.values();
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * A part of a picture.
   *
   * @param right the first column that is no part of it
   * @param bottom the first row that is no part of it
   */
  record Box(int left, int top, int right, int bottom) {
    int pixels() {
      return (right - left) * (bottom - top);
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    /** The box around both. */
    Box with(Box other) {
      return new Box(
          Math.min(left, other.left),
          Math.min(top, other.top),
          Math.max(right, other.right),
          Math.max(bottom, other.bottom));
    }

    /** The box at the mirrored place. */
    Box mirrored(Canvas canvas, boolean across, boolean down) {
      return new Box(
          across ? canvas.width() - right : left,
          down ? canvas.height() - bottom : top,
          across ? canvas.width() - left : right,
          down ? canvas.height() - top : bottom);
    }
  }

  /**
   * Pictures in place of photos: noise whose amplitude falls with its frequency as that of photos
   * does, without a seam, of various brightness and contrast. No place differs from another.
   */
  static List<Raster> drawn(Canvas canvas, int count, SplitMix64 random) {
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(drawn(canvas, random));
    }
    return pictures;
  }

  private static Raster drawn(Canvas canvas, SplitMix64 random) {
    double[] sum = new double[canvas.pixels()];
    for (int cell = Math.max(canvas.width(), canvas.height()); cell >= 1; cell /= 2) {
      octave(sum, canvas, cell, random);
    }
    double mean = 0;
    double square = 0;
    for (double value : sum) {
      mean += value / sum.length;
      square += value * value / sum.length;
    }
    double sd = Math.sqrt(Math.max(1e-12, square - mean * mean));
    double bright = 0.3 + 0.4 * random.nextDouble();
    double contrast = 0.1 + 0.15 * random.nextDouble();
    // rolled anywhere, since octaves begin in the corner
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    float[] values = new float[sum.length];
    for (int i = 0; i < values.length; i++) {
      double value = bright + contrast * (sum[i] - mean) / sd;
      values[i] = (float) Math.min(1, Math.max(0, value));
    }
    return rolled(new GrayImage(canvas, values), dx, dy);
  }

  private static void octave(double[] sum, Canvas canvas, int cell, SplitMix64 random) {
    int columns = Math.max(1, canvas.width() / cell);
    int rows = Math.max(1, canvas.height() / cell);
    double[] nodes = new double[columns * rows];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = random.nextGaussian() * Math.pow(cell, ROUGHNESS);
    }
    for (int i = 0; i < sum.length; i++) {
      double x = (double) canvas.x(i) * columns / canvas.width();
      double y = (double) canvas.y(i) * rows / canvas.height();
      int left = (int) x;
      int top = (int) y;
      int right = (left + 1) % columns;
      int bottom = (top + 1) % rows;
      double across = smooth(x - left);
      double down = smooth(y - top);
      sum[i] +=
          (1 - down) * mixed(nodes[top * columns + left], nodes[top * columns + right], across)
              + down
                  * mixed(nodes[bottom * columns + left], nodes[bottom * columns + right], across);
    }
  }

  private static double mixed(double a, double b, double share) {
    return a + (b - a) * share;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
