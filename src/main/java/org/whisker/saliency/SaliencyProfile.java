package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.EdgeRank;

/**
 * Mean magnitude of a saliency map by edge rank, from the border inwards.
 *
 * @param bins from the border inwards
 * @param meanAbsolute mean of |value| over all pixels, in the map's unit; 0 only for an all-zero
 *     map
 */
public record SaliencyProfile(List<Bin> bins, double meanAbsolute) {

  /**
   * One bin of the profile.
   *
   * @param meanAbsolute mean of |value| over its pixels, in the map's unit
   * @param relative ratio to the mean of the whole map: 1 is average; empty for an all-zero map
   */
  public record Bin(EdgeBin where, double meanAbsolute, OptionalDouble relative) {
    public Bin {
      checkMean(meanAbsolute);
    }
  }

  public SaliencyProfile {
    bins = List.copyOf(bins);
    checkMean(meanAbsolute);
  }

  private static void checkMean(double mean) {
    if (!(mean >= 0 && Double.isFinite(mean))) {
      throw new IllegalArgumentException("a mean of |value| is at least 0, was " + mean);
    }
  }

  /**
   * The profile of a saliency map.
   *
   * @param parts number of bins of the edge rank, at least 1
   */
  public static SaliencyProfile of(SaliencyMap map, int parts) {
    EdgeBins edgeBins = new EdgeBins(map.canvas(), parts);
    double[] means = edgeBins.means(i -> Math.abs(map.at(i)));
    double mean = 0;
    for (int bin = 0; bin < means.length; bin++) {
      mean += means[bin] * edgeBins.bins().get(bin).pixels() / map.canvas().pixels();
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < means.length; bin++) {
      OptionalDouble relative =
          map.isZero() ? OptionalDouble.empty() : OptionalDouble.of(means[bin] / mean);
      bins.add(new Bin(edgeBins.bins().get(bin), means[bin], relative));
    }
    return new SaliencyProfile(bins, mean);
  }

  /**
   * The edge index of a map: the mean edge rank u, each pixel weighted by its |value|. ½ for a
   * uniform map, below ½ nearer the edge; empty for an all-zero map.
   */
  public static OptionalDouble edgeIndex(SaliencyMap map) {
    EdgeRank rank = new EdgeRank(map.canvas());
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < map.canvas().pixels(); i++) {
      double strength = Math.abs(map.at(i));
      sum += strength * rank.of(i);
      weight += strength;
    }
    return weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight);
  }
}
