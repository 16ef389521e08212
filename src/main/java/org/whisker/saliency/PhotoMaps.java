package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.whisker.classifier.Classifier;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Estimate.StudentInterval;
import org.whisker.stats.Samples.Summary;

/**
 * Where the maps of a set of photos are strong, by one method on one model. The photo is the unit:
 * each counts once, however strong its map is.
 *
 * @param group such as cats
 * @param photos those whose map is not 0 everywhere
 */
public record PhotoMaps(String model, String group, String method, List<Photo> photos) {
  private static final double LEVEL = 0.95;
  private static final int MANY = 1_000;

  /**
   * The map of a photo, from the border inwards.
   *
   * @param name the name of the photo, the same for each model
   * @param logit the logit of not-cat
   * @param edgeIndex the edge index of |value|, see {@link SaliencyProfile#edgeIndex}
   * @param relative mean of |value| by bin, relative to that of the map
   */
  public record Photo(String name, double logit, double edgeIndex, List<Double> relative) {
    public Photo {
      relative = List.copyOf(relative);
    }

    /** p(cat) of the photo. */
    public double catProbability() {
      return Classifier.catProbability(logit);
    }

    /** The values of a map by ring; empty if it is 0 everywhere. */
    public static Optional<Photo> of(String name, double logit, SaliencyMap map, int parts) {
      OptionalDouble index = SaliencyProfile.edgeIndex(map);
      if (index.isEmpty()) {
        return Optional.empty();
      }
      List<Double> relative =
          SaliencyProfile.of(map, parts).bins().stream()
              .map(bin -> bin.relative().orElseThrow())
              .toList();
      return Optional.of(new Photo(name, logit, index.getAsDouble(), relative));
    }
  }

  /**
   * The mean of a bin over the photos.
   *
   * @param mean relative to the mean of each map: 1 is average
   * @param interval 95 %, above 0; empty for a single photo
   */
  public record MeanBin(EdgeBin where, double mean, Optional<Interval> interval) {}

  public PhotoMaps {
    photos = List.copyOf(photos);
  }

  /**
   * The mean profile.
   *
   * @param bins the bins of the maps' canvas
   */
  public List<MeanBin> profile(List<EdgeBin> bins) {
    List<MeanBin> means = new ArrayList<>();
    for (int i = 0; i < bins.size() && !photos.isEmpty(); i++) {
      int bin = i;
      double[] values = photos.stream().mapToDouble(photo -> photo.relative().get(bin)).toArray();
      means.add(new MeanBin(bins.get(bin), Summary.of(values).mean(), aboveZero(values)));
    }
    return means;
  }

  /** Student's interval of the logarithm of the mean, by the delta method: it stays above 0. */
  private static Optional<Interval> aboveZero(double[] values) {
    double mean = Summary.of(values).mean();
    if (values.length < 2 || mean == 0) {
      return Optional.empty();
    }
    Interval plain = StudentInterval.mean(values, LEVEL);
    DoubleUnaryOperator end = value -> mean * Math.exp((value - mean) / mean);
    return Optional.of(
        new Interval(end.applyAsDouble(plain.low()), end.applyAsDouble(plain.high()), LEVEL));
  }

  /** The edge indices, in the order of the photos. */
  public double[] edgeIndices() {
    return photos.stream().mapToDouble(Photo::edgeIndex).toArray();
  }

  /**
   * Mean edge index of the photos' maps with an interval within 0 to 1; empty for fewer than two
   * photos.
   */
  public Optional<Estimate> edgeIndex(RandomGenerator random) {
    double[] indices = edgeIndices();
    if (indices.length < 2) {
      return Optional.empty();
    }
    Interval interval =
        indices.length < MANY
            ? BoundedInterval.ofShares().mean(indices, random)
            : StudentInterval.mean(indices, LEVEL);
    return Optional.of(new Estimate(Summary.of(indices).mean(), interval));
  }
}
