package org.whisker.saliency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.PhotoMaps.Photo;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * A difference of the mean edge index of maps by one method: between two groups of photos on a
 * model, or between two models on the same photos.
 *
 * @param paired whether the photos are the same, so that each is compared with itself
 * @param difference a less b: below 0, the maps of a are nearer the edge
 * @param p two-sided: by permutation, or by sign flips where paired
 * @param pHolm corrected for all contrasts
 * @param photos the number of photos of a and b together, or of pairs
 */
public record EdgeContrast(
    PhotoMaps a,
    PhotoMaps b,
    boolean paired,
    Estimate difference,
    double p,
    double pHolm,
    int photos) {
  private static final int DRAWS = 9_999;
  private static final int FEWEST = 2;

  /** All groups of a model against each other, and all models on the same group. */
  public static List<EdgeContrast> all(List<PhotoMaps> maps, long seed) {
    List<EdgeContrast> found = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      for (int j = i + 1; j < maps.size(); j++) {
        SplitMix64 random = SplitMix64.stream(seed, "saliency contrasts", found.size());
        of(maps.get(i), maps.get(j), random).ifPresent(found::add);
      }
    }
    double[] corrected = Holm.adjust(found.stream().mapToDouble(EdgeContrast::p).toArray());
    List<EdgeContrast> all = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      EdgeContrast each = found.get(i);
      all.add(
          new EdgeContrast(
              each.a, each.b, each.paired, each.difference, each.p, corrected[i], each.photos));
    }
    return all;
  }

  private static Optional<EdgeContrast> of(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
    if (!a.method().equals(b.method())) {
      return Optional.empty();
    }
    if (a.model().equals(b.model())) {
      return groups(a, b, random);
    }
    return a.group().equals(b.group()) ? models(a, b, random) : Optional.empty();
  }

  private static Optional<EdgeContrast> groups(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
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
    return Optional.of(
        new EdgeContrast(a, b, false, first.get().minus(second.get()), p, p, photos));
  }

  private static Optional<EdgeContrast> models(PhotoMaps a, PhotoMaps b, SplitMix64 random) {
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
    return Optional.of(new EdgeContrast(a, b, true, mean, p, p, differences.length));
  }

  private static double difference(Photo photo, Map<String, Double> others) {
    return photo.edgeIndex() - others.getOrDefault(photo.name(), 0.0);
  }
}
