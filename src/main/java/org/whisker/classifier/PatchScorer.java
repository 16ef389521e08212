package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/**
 * Scores pictures that differ from one base picture in a small rectangle. A classifier whose
 * network is known computes only what such a change can affect; any other uses full passes.
 */
public interface PatchScorer extends AutoCloseable {
  /** The logit against the target of the base picture itself. */
  float baseLogit();

  /**
   * Logits of not-cat of the base with each patch over it (one at a time), in their order.
   *
   * @param patches patches of any sizes; equal sizes are scored together
   * @throws IllegalArgumentException if a patch leaves the canvas
   */
  float[] logits(List<Patch> patches);

  /** How many patches to collect for a call: a call of more takes less time for each. */
  default int together() {
    return 1;
  }

  @Override
  void close();

  /** Scores by full passes of any classifier. Closing it leaves the classifier open. */
  static PatchScorer full(Classifier classifier, Raster base) {
    float baseLogit = classifier.logits(List.of(base))[0];
    return new PatchScorer() {
      @Override
      public float baseLogit() {
        return baseLogit;
      }

      @Override
      public float[] logits(List<Patch> patches) {
        return classifier.logits(patches.stream().map(patch -> patch.on(base)).toList());
      }

      @Override
      public void close() {
        // the classifier belongs to its owner
      }
    };
  }

  /** A classifier that can score small changes of one picture faster than by full passes. */
  public interface PatchClassifier extends Classifier {
    /**
     * A scorer of small changes of {@code base}, equal to full passes up to rounding. It must be
     * closed before this classifier.
     *
     * @throws IllegalArgumentException for a picture of another size
     */
    PatchScorer patches(Raster base);

    /**
     * Whether a single small change is scored so much sooner than the whole picture that this is
     * worth a pass that keeps the maps. That depends on the network and the device, never on how
     * long something took.
     */
    default boolean gainsByKeptMaps() {
      return false;
    }

    /** The fastest scorer that a classifier has. */
    static PatchScorer best(Classifier classifier, Raster base) {
      return classifier instanceof PatchClassifier quick
          ? quick.patches(base)
          : PatchScorer.full(classifier, base);
    }
  }

  /**
   * The difference between logits of patches and those of full passes, on a random sample.
   *
   * @param compared how many patches were scored again
   * @param largestDifference the largest absolute difference of two logits
   */
  public record PatchCheck(int compared, double largestDifference) {
    /**
     * Scores a sample of patches in full.
     *
     * @param logits returned by a {@link PatchScorer} for {@code patches}, in their order
     * @param sample how many to score again, at least 1; all when there are fewer
     * @throws IllegalArgumentException if there are not as many logits as patches
     */
    public static PatchCheck of(
        Classifier classifier,
        Raster base,
        List<Patch> patches,
        float[] logits,
        int sample,
        SplitMix64 random) {
      Checks.refuse(
          logits.length != patches.size() || sample < 1,
          "cannot compare a sample of %d of %d logits of %d patches",
          sample,
          logits.length,
          patches.size());
      List<Integer> chosen = choose(patches.size(), sample, random);
      List<Raster> pictures = chosen.stream().map(i -> patches.get(i).on(base)).toList();
      float[] full = classifier.logits(pictures);
      double largest = 0;
      for (int i = 0; i < full.length; i++) {
        // Math.max propagates NaN, so that a NaN logit is noticed
        largest = Math.max(largest, Math.abs((double) full[i] - logits[chosen.get(i)]));
      }
      return new PatchCheck(full.length, largest);
    }

    /** Distinct numbers below {@code n}: the first entries of a shuffle. */
    private static List<Integer> choose(int n, int sample, SplitMix64 random) {
      List<Integer> all = new ArrayList<>(n);
      for (int i = 0; i < n; i++) {
        all.add(i);
      }
      int count = Math.min(n, sample);
      for (int i = 0; i < count; i++) {
        int j = i + random.nextInt(n - i);
        all.set(i, all.set(j, all.get(i)));
      }
      return List.copyOf(all.subList(0, count));
    }
  }
}
