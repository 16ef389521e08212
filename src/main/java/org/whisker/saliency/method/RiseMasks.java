package org.whisker.saliency.method;

import java.util.Arrays;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.RiseOptions;

/**
 * The random masks of RISE, regenerated from the seed on each use, since thousands may not fit in
 * memory.
 */
final class RiseMasks {
  private final Canvas canvas;
  private final RiseOptions options;

  RiseMasks(Canvas canvas, RiseOptions options) {
    this.canvas = canvas;
    this.options = options;
  }

  int count() {
    return options.masks();
  }

  /** Writes mask number {@code index} to {@code target}, row-major: 1 shows a pixel, 0 hides it. */
  void paint(int index, double[] target) {
    SplitMix64 random = SplitMix64.stream(options.seed(), "rise", index);
    int cells = options.cells();
    double[] grid = new double[cells * cells];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextDouble() < options.shown() ? 1 : 0;
    }
    Axis across = Axis.of(canvas.width(), cells, random);
    Axis down = Axis.of(canvas.height(), cells, random);
    double[] row = new double[cells];
    for (int y = 0; y < canvas.height(); y++) {
      for (int c = 0; c < cells; c++) {
        row[c] = down.mix(grid[down.cell[y] * cells + c], grid[down.next(y) * cells + c], y);
      }
      for (int x = 0; x < canvas.width(); x++) {
        target[y * canvas.width() + x] = across.mix(row[across.cell[x]], row[across.next(x)], x);
      }
    }
  }

  /** The image blended with the fill by the mask. */
  GrayImage masked(int index, GrayImage picture, GrayImage fill) {
    double[] mask = new double[canvas.pixels()];
    paint(index, mask);
    float[] values = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      values[i] = (float) (mask[i] * picture.at(i) + (1 - mask[i]) * fill.at(i));
    }
    return new GrayImage(canvas, values);
  }

  /**
   * Interpolation along one axis. As in the paper, n cells are upsampled to the length of n + 1
   * cells of {@code ceil(size / n)} pixels and cropped at a random offset below one cell. The mask
   * is constant before the centre of the first cell and after that of the last.
   */
  private static final class Axis {
    private final int[] cell;
    private final double[] share;
    private final int last;

    private Axis(int size, int cells, int shift) {
      int side = (size + cells - 1) / cells;
      double perPixel = cells / ((cells + 1.0) * side);
      cell = new int[size];
      share = new double[size];
      last = cells - 1;
      for (int i = 0; i < size; i++) {
        double at = Math.max(0, Math.min(last, (i + shift + 0.5) * perPixel - 0.5));
        cell[i] = (int) at;
        share[i] = at - cell[i];
      }
    }

    static Axis of(int size, int cells, SplitMix64 random) {
      return new Axis(size, cells, random.nextInt((size + cells - 1) / cells));
    }

    int next(int i) {
      return Math.min(last, cell[i] + 1);
    }

    double mix(double here, double next, int i) {
      return here + share[i] * (next - here);
    }
  }

  /** The mean of the masks at each pixel. */
  double[] mean() {
    double[] sum = new double[canvas.pixels()];
    double[] mask = new double[sum.length];
    for (int m = 0; m < count(); m++) {
      paint(m, mask);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += mask[i];
      }
    }
    Arrays.setAll(sum, i -> sum[i] / count());
    return sum;
  }
}
