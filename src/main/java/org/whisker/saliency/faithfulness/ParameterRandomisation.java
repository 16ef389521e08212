package org.whisker.saliency.faithfulness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.value.Checks;

/**
 * Cascading parameter randomisation test (Adebayo et al., 2018, arXiv:1810.03292): layers are
 * randomised cumulatively from the output down, and the map at each step is compared with that of
 * the trained network ({@link RandomisedStep}). A map that stays similar reflects the image or the
 * architecture rather than learned weights.
 *
 * @param original map of the trained network
 * @param steps from the output down
 */
public record ParameterRandomisation(SaliencyMap original, List<RandomisedStep> steps) {

  /**
   * A classifier whose layers are randomised down to this one.
   *
   * @param layer the last one randomised
   * @param open creates the classifier, which is closed once its map is computed, so that only one
   *     is in memory
   */
  public record Randomised<C extends Classifier>(String layer, Supplier<? extends C> open) {}

  /**
   * Maps of one network for one image.
   *
   * @param map the map of the method
   * @param smooth mean of its maps under noise ({@link #smoothedMap}); empty where not computed
   */
  public record Maps(SaliencyMap map, Optional<SaliencyMap> smooth) {
    /** A map that was made without noise. */
    public static Maps of(SaliencyMap map) {
      return new Maps(map, Optional.empty());
    }
  }

  /**
   * Toroidal shifts of each step's map, as the null distribution of its similarity.
   *
   * @param count at least 0
   */
  public record Rolls(int count, long seed) {
    public Rolls {
      Checks.refuse(count < 0, "rolls must be at least 0, was %s", count);
    }
  }

  public ParameterRandomisation {
    steps = List.copyOf(steps);
  }

  /** The step with all layers randomised; empty without steps. */
  public Optional<RandomisedStep> last() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /** Recomputes maps. */
  @FunctionalInterface
  public interface Again<C extends Classifier> {
    /**
     * The map, and its mean under noise where the original has one.
     *
     * @param step index of the randomised network, from 0
     * @param map index of the original, from 0
     * @return empty when stopped
     */
    Optional<Maps> by(C classifier, int step, int map);
  }

  /**
   * Compares several maps, possibly of several methods and images, opening each randomised network
   * once.
   *
   * @param originals maps of the trained network
   * @param progress receives the number of steps done after each step
   * @param stopped polled before each step
   * @return one per original; empty when stopped
   */
  public static <C extends Classifier> Optional<List<ParameterRandomisation>> of(
      List<Maps> originals,
      List<Randomised<C>> randomised,
      Again<? super C> again,
      Rolls rolls,
      IntConsumer progress,
      BooleanSupplier stopped) {
    List<List<RandomisedStep>> steps = new ArrayList<>();
    originals.forEach(original -> steps.add(new ArrayList<>()));
    for (int step = 0; step < randomised.size(); step++) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      Randomised<C> each = randomised.get(step);
      try (C classifier = each.open().get()) {
        for (int i = 0; i < originals.size(); i++) {
          Optional<Maps> maps = again.by(classifier, step, i);
          if (maps.isEmpty()) {
            return Optional.empty();
          }
          steps.get(i).add(RandomisedStep.of(each.layer(), originals.get(i), maps.get(), rolls));
        }
      }
      progress.accept(step + 1);
    }
    List<ParameterRandomisation> all = new ArrayList<>();
    for (int i = 0; i < originals.size(); i++) {
      all.add(new ParameterRandomisation(originals.get(i).map(), steps.get(i)));
    }
    return Optional.of(all);
  }

  /**
   * Mean of a method's maps over noisy copies of the image, as compared in the smooth parameter
   * randomisation test (sMPRT; Hedström et al., 2024, arXiv:2405.02383); the noise in single
   * gradients lowers the similarity of any two maps.
   *
   * <p>Computes the mean map.
   *
   * @param method computes a map; empty when stopped
   * @param noise the same for every network, so that maps differ only by the network
   * @return empty when stopped
   */
  public static Optional<SaliencyMap> smoothedMap(
      Function<Raster, Optional<SaliencyMap>> method, Raster picture, NoiseOptions noise) {
    double[] sum = new double[picture.canvas().pixels()];
    @Nullable SaliencyMap last = null;
    for (int sample = 0; sample < noise.samples(); sample++) {
      Optional<SaliencyMap> map = method.apply(noisy(picture, noise, sample));
      if (map.isEmpty()) {
        return Optional.empty();
      }
      last = map.get();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += last.at(i);
      }
    }
    return Optional.ofNullable(last).map(like -> mean(like, sum, noise.samples()));
  }

  private static SaliencyMap mean(SaliencyMap like, double[] sum, int samples) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / samples);
    }
    return new SaliencyMap(like.canvas(), mean, like.unit(), like.method(), like.sign());
  }

  private static PlanarImage noisy(Raster picture, NoiseOptions noise, int sample) {
    SplitMix64 random = SplitMix64.stream(noise.seed(), "smoothed maps", sample);
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (noise.sigma() * random.nextGaussian());
    }
    return PlanarImage.of(picture.canvas(), values);
  }

  /**
   * Similarity of the map of a partly randomised network to that of the trained network.
   *
   * <p>Maps of one image are similar to some degree for any two networks, since both follow its
   * edges, and noisy maps are dissimilar whatever the network has learned. So rho is compared with
   * its values under toroidal shifts of the randomised map; rho of the means under noise is given
   * (smooth parameter randomisation, sMPRT); and, instead of a similarity, the rise in complexity
   * (efficient parameter randomisation, eMPRT), both after Hedström et al. (2024,
   * arXiv:2405.02383).
   *
   * @param layer the last one randomised
   * @param absolute Spearman's rho of the |values|: 1 for the same order, 0 for unrelated maps;
   *     empty if one of them is constant
   * @param signed Spearman's rho of the values; also empty for an unsigned map
   * @param rolled {@code absolute} compared with that under toroidal shifts: with a small p, the
   *     maps are more similar in place than shifted
   * @param smooth Spearman's rho of the |values| of the means under noise; empty where not computed
   * @param entropy the entropy of the histogram of the randomised map's values, in nats
   * @param rise relative rise of the entropy from the trained network's map; above 0 is better.
   *     Empty if the trained network's map is constant.
   */
  public record RandomisedStep(
      String layer,
      OptionalDouble absolute,
      OptionalDouble signed,
      Optional<RolledNull> rolled,
      OptionalDouble smooth,
      double entropy,
      OptionalDouble rise) {
    static RandomisedStep of(
        String layer,
        ParameterRandomisation.Maps original,
        ParameterRandomisation.Maps randomised,
        ParameterRandomisation.Rolls rolls) {
      OptionalDouble absolute = MethodAgreement.absolute(original.map(), randomised.map());
      double before = histogramEntropy(original.map());
      double entropy = histogramEntropy(randomised.map());
      return new RandomisedStep(
          layer,
          absolute,
          MethodAgreement.signed(original.map(), randomised.map()),
          absolute.isEmpty()
              ? Optional.empty()
              : rolled(absolute.getAsDouble(), original.map(), randomised.map(), rolls),
          original.smooth().isPresent() && randomised.smooth().isPresent()
              ? MethodAgreement.absolute(original.smooth().get(), randomised.smooth().get())
              : OptionalDouble.empty(),
          entropy,
          before == 0 ? OptionalDouble.empty() : OptionalDouble.of((entropy - before) / before));
    }

    private static Optional<RolledNull> rolled(
        double rho, SaliencyMap original, SaliencyMap randomised, ParameterRandomisation.Rolls of) {
      MapRolls rolls =
          new MapRolls(
              original.canvas(), i -> original.at(i) != 0 || randomised.at(i) != 0, of.seed());
      double[] elsewhere =
          IntStream.range(0, of.count())
              .mapToObj(i -> MethodAgreement.absolute(original, rolls.rolled(randomised, i)))
              .flatMapToDouble(OptionalDouble::stream)
              .toArray();
      return RolledNull.of(rho, elsewhere, true);
    }

    /** The number of bins of Hedström et al. (2024, arXiv:2405.02383). */
    private static final int BINS = 100;

    /**
     * Complexity of a map: the entropy of the histogram of its values, in nats.
     *
     * <p>Returns the entropy over {@value #BINS} equal bins from the least to the greatest value,
     * in nats; 0 for a constant map.
     */
    static double histogramEntropy(SaliencyMap map) {
      float[] values = map.values();
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (float value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (low == high) {
        return 0;
      }
      int[] counts = new int[BINS];
      for (float value : values) {
        counts[(int) Math.min(BINS - 1, (value - low) / (high - low) * BINS)]++;
      }
      double entropy = 0;
      for (int count : counts) {
        double share = (double) count / values.length;
        entropy -= count == 0 ? 0 : share * Math.log(share);
      }
      return entropy;
    }
  }
}
