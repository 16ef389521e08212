package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/** {@code ShapleySampling} as one of the methods. */
public record ShapleyMethod(ShapleyOptions orders) implements SaliencyMethod {
  public static final Method METHOD =
      new Method(
          "shapley",
          Need.BLACK_PIXELS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the logit divided among the black pixels by Shapley values, with standard errors",
          set -> new ShapleyMethod(set.shapley()));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return orders.permutations() + " orders";
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return ShapleySampling.of(
            in.classifier(), in.black(), orders, in.batch(), in.progress(), in.stopped())
        .map(ShapleyMethod::attribution);
  }

  private static Attribution attribution(ShapleySampling found) {
    return new Attribution.Builder(METHOD, found.map())
        .with("standard-error", found.standardError())
        .with(Diagnostic.BASELINE_LOGIT, found.whiteLogit())
        .with(Diagnostic.COMPLETENESS_ERROR, found.completenessError())
        .with(Diagnostic.SAMPLES, found.permutations())
        .with(
            Diagnostic.MEAN_STANDARD_ERROR,
            found.pixels().stream()
                .mapToDouble(ShapleySampling.Pixel::standardError)
                .average()
                .orElse(0))
        .build();
  }

  /**
   * Shapley values of the black pixels by permutation sampling (Castro, Gómez and Tejada, 2009;
   * Štrumbelj and Kononenko, 2010) with antithetic pairs, each permutation and its reverse
   * (Mitchell et al., 2022, arXiv:2104.12199).
   *
   * <p>The players are the black pixels, white if absent; the value of a coalition is the logit of
   * not-cat of the image that has only its pixels. A pixel's Shapley value is its mean marginal
   * contribution over the permutations. <b>Below 0: the pixel is evidence for cat</b>; above 0:
   * against it. Permutations are not truncated, so the values sum to logit(image) − logit(white) up
   * to rounding (efficiency).
   *
   * @param map the values in logits at the black pixels, 0 elsewhere
   * @param standardError the standard error of the values, in logits, over the antithetic pairs
   * @param pixels the black pixels, row by row
   * @param logit the logit against the target, of the image
   * @param whiteLogit the logit against the target, of the white canvas
   * @param permutations number of permutations, both of each pair counted
   */
  record ShapleySampling(
      SaliencyMap map,
      SaliencyMap standardError,
      List<Pixel> pixels,
      double logit,
      double whiteLogit,
      int permutations) {
    /**
     * One black pixel.
     *
     * @param value its Shapley value in logits; below 0 is evidence for cat
     * @param standardError the standard error of the value over the antithetic pairs
     */
    public record Pixel(int x, int y, double value, double standardError) {}

    public ShapleySampling {
      pixels = List.copyOf(pixels);
      NoNumberException.unlessFinite("the picture's logit", (float) logit);
      NoNumberException.unlessFinite("the logit of white", (float) whiteLogit);
    }

    /** Sum of the values minus (logit(image) − logit(white)): rounding only. */
    double completenessError() {
      return pixels.stream().mapToDouble(Pixel::value).sum() - (logit - whiteLogit);
    }

    /**
     * Estimates the values.
     *
     * @param batchSize images per batch, at least 1
     * @param progress receives the number of images scored, of {@link ShapleyOptions#pictures},
     *     after each batch
     * @param stopped polled before each batch
     * @return empty when stopped
     * @throws IllegalArgumentException if the picture is not of the classifier's size
     * @throws ArithmeticException if the number of images exceeds the range of an int
     */
    static Optional<ShapleySampling> of(
        Classifier classifier,
        BlackPixels image,
        ShapleyOptions options,
        int batchSize,
        IntConsumer progress,
        BooleanSupplier stopped) {
      Batches batches = new Batches(batchSize, progress, stopped);
      Inputs.checkSize(classifier, image.canvas());
      ShapleyOrders orders = new ShapleyOrders(image, options);
      return batches
          .<BlackPixels>logits(options.pictures(image.count()), orders::picture, classifier::logits)
          .map(orders::result);
    }

    /**
     * The random permutations. Image 0 is white, image 1 the whole image, then follow the
     * coalitions of each permutation.
     */
    static final class ShapleyOrders {
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
          pixels.add(
              new ShapleySampling.Pixel(canvas.x(index), canvas.y(index), values[i], errors[i]));
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
  }
}
