package org.whisker.saliency.method;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.ShapleyOptions;

/**
 * Shapley values of the black pixels by permutation sampling (Castro, Gómez and Tejada, 2009;
 * Štrumbelj and Kononenko, 2010) with antithetic pairs, each permutation and its reverse (Mitchell
 * et al., 2022, arXiv:2104.12199).
 *
 * <p>The players are the black pixels, white if absent; the value of a coalition is the logit of
 * not-cat of the image that has only its pixels. A pixel's Shapley value is its mean marginal
 * contribution over the permutations. <b>Below 0: the pixel is evidence for cat</b>; above 0:
 * against it. Permutations are not truncated, so the values sum to logit(image) − logit(white) up
 * to rounding (efficiency).
 *
 * @param map the values in logits at the black pixels, 0 elsewhere
 * @param standardError of the values, in logits, over the antithetic pairs
 * @param pixels the black pixels, row by row
 * @param logit of not-cat, of the image
 * @param whiteLogit of not-cat, of the white canvas
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
   * @param standardError of the value over the antithetic pairs
   */
  public record Pixel(int x, int y, double value, double standardError) {}

  public ShapleySampling {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(standardError, "standardError");
    pixels = List.copyOf(pixels);
    if (!Double.isFinite(logit - whiteLogit)) {
      throw new IllegalArgumentException(
          "the logits of the picture and of white are " + logit + " and " + whiteLogit);
    }
  }

  /** Sum of the values minus (logit(image) − logit(white)): rounding only. */
  double completenessError() {
    return pixels.stream().mapToDouble(Pixel::value).sum() - (logit - whiteLogit);
  }

  /**
   * Estimates the values.
   *
   * @param batchSize images per batch, at least 1
   * @param progress receives the number of images scored, of {@link ShapleyOptions#pictures}, after
   *     each batch
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
}
