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
 * Shapley values of the black pixels by sampling orders (Castro, Gómez and Tejada, 2009; Štrumbelj
 * and Kononenko, 2010), each order together with its reverse (antithetic pairs; Mitchell et al.,
 * 2022, arXiv:2104.12199).
 *
 * <p>The players are the black pixels, black when in and white when out; the worth of a set is the
 * logit of not-cat of the picture that has only these. A pixel's value is the mean change of the
 * logit when it turns black, over the orders in which the pixels may do so. <b>Below 0: the pixel
 * helps the cat</b>; above 0: it speaks against it. No order is cut short, so the values of each
 * add up to logit(image) − logit(white), and so do their means, up to the rounding of doubles.
 *
 * @param map the values in logits at the black pixels, 0 elsewhere
 * @param standardError likewise, over the pairs of orders
 * @param pixels the black pixels, row by row
 * @param logit of the whole picture
 * @param whiteLogit of the white canvas
 * @param permutations how many orders were drawn, both of each pair counted
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
   * @param value its Shapley value in logits; below 0 it helps the cat
   * @param standardError of the value over the pairs of orders
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

  /** By how much the values miss logit(image) − logit(white): rounding only. */
  double completenessError() {
    return pixels.stream().mapToDouble(Pixel::value).sum() - (logit - whiteLogit);
  }

  /**
   * Samples the values.
   *
   * @param batchSize how many pictures to score in one call, at least 1
   * @param progress told after each batch how many pictures are done, of {@link
   *     ShapleyOptions#pictures}
   * @param stopped asked before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if the picture is not of the classifier's size
   * @throws ArithmeticException if there are more pictures than an int counts
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
