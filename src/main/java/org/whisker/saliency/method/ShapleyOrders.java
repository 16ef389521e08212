package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.ShapleyOptions;
import org.whisker.saliency.SignConvention;

/**
 * The random permutations. Image 0 is white, image 1 the whole image, then follow the coalitions of
 * each permutation.
 */
final class ShapleyOrders {
  private final BlackPixels image;
  private final ShapleyOptions options;
  private final int between;

  ShapleyOrders(BlackPixels image, ShapleyOptions options) {
    this.image = image;
    this.options = options;
    this.between = Math.max(0, image.count() - 1);
  }

  /** Permutation number {@code permutation}; odd ones are the reverse of the previous one. */
  private int[] order(int permutation) {
    SplitMix64 random =
        SplitMix64.stream(options.seed(), ShapleyMethod.METHOD.label(), permutation / 2);
    int[] order = new int[image.count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return permutation % 2 == 0 ? order : reversed(order);
  }

  private static int[] reversed(int[] order) {
    int[] reversed = new int[order.length];
    Arrays.setAll(reversed, i -> order[order.length - 1 - i]);
    return reversed;
  }

  BlackPixels picture(int index) {
    if (index < 2) {
      return index == 0 ? BlackPixels.none(image.canvas()) : image;
    }
    int[] order = order((index - 2) / between);
    int first = 1 + (index - 2) % between;
    int[] black = Arrays.stream(order, 0, first).map(image::get).toArray();
    return BlackPixels.of(image.canvas(), black);
  }

  ShapleySampling result(float[] logits) {
    int players = image.count();
    int pairs = options.permutations() / 2;
    double[] mean = new double[players];
    double[] squares = new double[players];
    for (int pair = 0; pair < pairs; pair++) {
      double[] gains = new double[players];
      addGains(2 * pair, logits, gains);
      addGains(2 * pair + 1, logits, gains);
      for (int i = 0; i < players; i++) {
        // Welford's update of the sum of squared deviations
        double before = gains[i] / 2 - mean[i];
        mean[i] += before / (pair + 1);
        squares[i] += before * (gains[i] / 2 - mean[i]);
      }
    }
    Arrays.setAll(squares, i -> Math.sqrt(squares[i] / ((double) pairs * (pairs - 1))));
    return of(logits, mean, squares);
  }

  private void addGains(int permutation, float[] logits, double[] gains) {
    int[] order = order(permutation);
    double before = logits[0];
    for (int i = 0; i < order.length; i++) {
      boolean whole = i == order.length - 1;
      double after = whole ? logits[1] : logits[2 + permutation * between + i];
      gains[order[i]] += after - before;
      before = after;
    }
  }

  private ShapleySampling of(float[] logits, double[] values, double[] errors) {
    Canvas canvas = image.canvas();
    double[] map = new double[canvas.pixels()];
    double[] errorMap = new double[canvas.pixels()];
    List<ShapleySampling.Pixel> pixels = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int index = image.get(i);
      map[index] = values[i];
      errorMap[index] = errors[i];
      pixels.add(new ShapleySampling.Pixel(canvas.x(index), canvas.y(index), values[i], errors[i]));
    }
    return new ShapleySampling(
        ShapleyMethod.METHOD.map(canvas, map),
        Inputs.map(
            canvas,
            errorMap,
            ShapleyMethod.METHOD.unit(),
            ShapleyMethod.METHOD + " standard error",
            SignConvention.MAGNITUDE),
        pixels,
        logits[1],
        logits[0],
        options.permutations());
  }
}
