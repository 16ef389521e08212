package org.whisker.saliency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.option.Records;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Column;
import org.whisker.table.Table;

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
   * @param logit the logit against the target
   * @param edgeIndex the edge index of |value|, see {@link SaliencyProfile#edgeIndex}
   * @param relative mean of |value| by bin, relative to that of the map
   */
  public record Photo(String name, double logit, double edgeIndex, List<Double> relative) {
    public Photo {
      relative = List.copyOf(relative);
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
    Interval plain = Estimate.studentInterval(values, LEVEL);
    DoubleUnaryOperator end = value -> mean * Math.exp((value - mean) / mean);
    return Optional.of(
        new Interval(end.applyAsDouble(plain.low()), end.applyAsDouble(plain.high()), LEVEL));
  }

  /** The edge indices, in the order of the photos. */
  double[] edgeIndices() {
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
            : Estimate.studentInterval(indices, LEVEL);
    return Optional.of(new Estimate(Summary.of(indices).mean(), interval));
  }

  /**
   * A row of {@value #FILE}: a difference of the mean edge index of maps by one method, between two
   * groups of photos on a model, or between two models on the same photos. Its p is by permutation,
   * or by sign flips where paired.
   */
  public record Contrast(
      String method,
      String modelA,
      String groupA,
      String modelB,
      String groupB,
      @Column(
              meaning =
                  "whether two models are compared on the same photos, instead of two "
                      + "groups of photos on one")
          boolean paired,
      @Column(meaning = "a less b: below 0, the maps of a are nearer the edge")
          double deltaEdgeIndex,
      @Column(meaning = "lower end of its 95 % interval, not corrected") double ciLow,
      double ciHigh,
      @Column(value = "p_value", unit = "probability") double p,
      @Column(unit = "probability", meaning = "corrected for all rows") double pHolm,
      @Column(meaning = "photos of both groups together, or pairs") int photos) {
    public static final String FILE = "contrasts.csv";
    public static final Table<Contrast> TABLE = Table.of(Contrast.class, FILE);

    private static final int DRAWS = 9_999;
    private static final int FEWEST = 2;

    /** All groups of a model against each other, and all models on the same group. */
    public static List<Contrast> all(List<PhotoMaps> maps, long seed) {
      List<Contrast> found = new ArrayList<>();
      for (int i = 0; i < maps.size(); i++) {
        for (int j = i + 1; j < maps.size(); j++) {
          SplitMix64 random = SplitMix64.stream(seed, "saliency contrasts", found.size());
          of(maps.get(i), maps.get(j), random).ifPresent(found::add);
        }
      }
      double[] corrected = Holm.adjust(found.stream().mapToDouble(Contrast::p).toArray());
      List<Contrast> all = new ArrayList<>();
      for (int i = 0; i < corrected.length; i++) {
        all.add(Records.changed(found.get(i), Contrast::pHolm).to(corrected[i]));
      }
      return all;
    }

    private static Optional<Contrast> of(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
      if (!a.method().equals(b.method())) {
        return Optional.empty();
      }
      if (a.model().equals(b.model())) {
        return groups(a, b, random);
      }
      return a.group().equals(b.group()) ? models(a, b, random) : Optional.empty();
    }

    private static Optional<Contrast> groups(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
      Optional<Estimate> first = a.edgeIndex(random);
      Optional<Estimate> second = b.edgeIndex(random);
      if (first.isEmpty() || second.isEmpty()) {
        return Optional.empty();
      }
      double p =
          PermutationTest.unpaired(
                  a.edgeIndices(), b.edgeIndices(), Alternative.TWO_SIDED, DRAWS, random)
              .p();
      int photos = a.photos().size() + b.photos().size();
      return Optional.of(of(a, b, false, first.get().minus(second.get()), p, photos));
    }

    private static Optional<Contrast> models(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
      Map<String, Double> others = new HashMap<>();
      b.photos().forEach(photo -> others.put(photo.name(), photo.edgeIndex()));
      double[] differences =
          a.photos().stream()
              .filter(photo -> others.containsKey(photo.name()))
              .mapToDouble(photo -> difference(photo, others))
              .toArray();
      if (differences.length < FEWEST) {
        return Optional.empty();
      }
      Estimate mean =
          new Estimate(
              Summary.of(differences).mean(), Bootstrap.standard().mean(differences, random));
      double p = SignFlipTest.of(differences, 0, Alternative.TWO_SIDED, DRAWS, random).p();
      return Optional.of(of(a, b, true, mean, p, differences.length));
    }

    private static Contrast of(
        PhotoMaps a, PhotoMaps b, boolean paired, Estimate difference, double p, int photos) {
      return new Contrast(
          a.method(),
          a.model(),
          a.group(),
          b.model(),
          b.group(),
          paired,
          difference.value(),
          difference.interval().low(),
          difference.interval().high(),
          p,
          p,
          photos);
    }

    private static double difference(Photo photo, Map<String, Double> others) {
      return photo.edgeIndex() - others.getOrDefault(photo.name(), 0.0);
    }
  }
}
