package org.whisker.feature.models;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.network.Foveation;
import org.whisker.network.Network;
import org.whisker.network.Padding;

/**
 * How many paths lead from each pixel to a layer under one padding, over the mean of the image.
 *
 * @param padding of all layers
 * @param foveation the paths
 * @param range the least and the greatest of {@link Foveation#relative}
 * @param border mean over the outermost ring of pixels
 * @param outer mean over the first tenth of the edge rank
 * @param inner mean over the last tenth of the edge rank
 * @param pixelsWithoutPath number of pixels that the layer does not depend on
 */
public record PaddingFoveation(
    Padding padding,
    Foveation foveation,
    DoubleSummaryStatistics range,
    double border,
    double outer,
    double inner,
    long pixelsWithoutPath) {
  /**
   * Counts the paths to a layer of a network with this padding.
   *
   * @throws IllegalArgumentException when a map is too small to reflect
   */
  static PaddingFoveation of(Network network, int layer, Padding padding) {
    Foveation foveation = Foveation.of(network.withPadding(padding), layer);
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    double[] map = foveation.relative();
    double[] bins = EdgeBins.of(canvas).means(i -> map[i]);
    return new PaddingFoveation(
        padding,
        foveation,
        Arrays.stream(map).summaryStatistics(),
        border(canvas, map),
        bins[0],
        bins[bins.length - 1],
        Arrays.stream(map).filter(paths -> paths == 0).count());
  }

  private static double border(Canvas canvas, double[] map) {
    return IntStream.range(0, map.length)
        .filter(i -> canvas.borderDistance(i) == 0)
        .mapToDouble(i -> map[i])
        .average()
        .orElseThrow();
  }
}
