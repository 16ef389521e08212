package org.whisker.position;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBins;
import org.whisker.position.PlaceEffects.Beside;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples;

/**
 * What black pixels do to each other beyond their sum, which no rule tells: a random function of
 * images. Two kinds are drawn, which lie on either side of what networks do. Pairs can be collected
 * one by one; of what decays, each pixel shakes all that is there.
 */
sealed interface Interactions {
  /** The change of the logit, for an image of at least two pixels. */
  double of(BlackPixels image);

  /**
   * What black pixels do to each other, two by two and by no rule: normal, from a hash of the two
   * places, times a deviation that hangs on the size of the image. So a pixel beside a good image
   * costs a part of what makes it good, the more, the more weight it has.
   *
   * @param weights of a pixel of each zone, 1 on average; the size of an image is their sum
   * @param sizes at which deviations are known, ascending
   * @param deviations of a pair of pixels of weight 1, in logits
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pairs(EdgeBins zones, double[] weights, double[] sizes, double[] deviations, long seed)
      implements Interactions {
    /** Fits them to the variance of effects beside each image anew. */
    static Pairs of(EdgeBins zones, List<Beside> beside, double[][] ofImage, long seed) {
      double[] weights = new double[zones.bins().size()];
      for (double[] dose : ofImage) {
        double mean = Samples.mean(dose);
        for (int zone = 0; zone < weights.length && mean > 0; zone++) {
          weights[zone] += dose[zone] / mean / ofImage.length;
        }
      }
      double[] sizes = new double[ofImage.length];
      double[] deviations = new double[ofImage.length];
      for (int dose = 0; dose < sizes.length; dose++) {
        sizes[dose] =
            beside.get(dose).images().stream()
                .mapToDouble(image -> size(image, zones, weights))
                .average()
                .orElse(0);
        deviations[dose] =
            sizes[dose] > 0 ? Math.sqrt(Samples.mean(ofImage[dose]) / sizes[dose]) : 0;
      }
      return new Pairs(zones, weights, sizes, deviations, seed);
    }

    private static final int BITS = 12;
    private static final double[] NORMAL = normal();

    private static double[] normal() {
      SplitMix64 random = SplitMix64.stream(0, "pairs of pixels", 0);
      double[] some = new double[1 << BITS];
      for (int i = 0; i < some.length / 2; i++) {
        some[i] = random.nextGaussian();
        some[some.length - 1 - i] = -some[i];
      }
      return some;
    }

    static double size(BlackPixels image, EdgeBins zones, double[] weights) {
      double size = 0;
      for (int i = 0; i < image.count(); i++) {
        size += weights[zones.binOf(image.get(i))];
      }
      return size;
    }

    @Override
    public double of(BlackPixels image) {
      double[] roots = new double[image.count()];
      double sum = 0;
      for (int i = 0; i < roots.length; i++) {
        double own = 0;
        for (int other = 0; other < i; other++) {
          own += roots[other] * pair(image.get(i), image.get(other));
        }
        roots[i] = Math.sqrt(weights[zones.binOf(image.get(i))]);
        sum += roots[i] * own;
      }
      return sum == 0 ? 0 : deviation(size(image, zones, weights)) * sum;
    }

    private double pair(int one, int other) {
      long pair = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
      return NORMAL[(int) (SplitMix64.mix(seed ^ SplitMix64.mix(pair)) >>> (Long.SIZE - BITS))];
    }

    /** A power of the size between two sizes, and beyond the last as before it. */
    private double deviation(double size) {
      int after = 1;
      while (after < sizes.length - 1 && sizes[after] < size) {
        after++;
      }
      double from = sizes[after - 1];
      double to = sizes[after];
      if (size <= from
          || !(from > 0 && to > from && deviations[after - 1] > 0 && deviations[after] > 0)) {
        return size <= from ? deviations[after - 1] : deviations[after];
      }
      double power = Math.log(deviations[after] / deviations[after - 1]) / Math.log(to / from);
      return deviations[after - 1] * Math.pow(size / from, Math.min(0, power));
    }
  }

  /**
   * A normal random function of sets of pixels: a Gaussian process, in which two images correlate
   * by the product of what each pixel keeps that only one of them has. Beside an image that is
   * better than its sum, a pixel so costs a part of that, the more, the less is kept in its zone.
   *
   * <p>It is a sum of many random signs, each the product of signs of the pixels. A share of (1 −
   * kept) / 2 of a pixel's signs is −1.
   */
  final class Decaying implements Interactions {
    /** White, and one pixel, beside which nothing is left. */
    private static final int SKIPPED = 2;

    private static final int WORDS = 16;
    private static final int BITS = 16;
    private final EdgeBins zones;
    private final double[] deviation;
    private final int[] flips;
    private final long seed;
    private final Map<Integer, long[]> signs = new HashMap<>();
    private final long[] first;

    /**
     * @param deviation of what sums leave, for each number of pixels
     * @param kept for each zone, the correlation of two images that differ by one of its pixels
     */
    Decaying(EdgeBins zones, double[] deviation, double[] kept, long seed) {
      this.zones = zones;
      this.deviation = deviation;
      this.flips =
          Arrays.stream(kept).mapToInt(k -> (int) Math.round((1 - k) / 2 * (1 << BITS))).toArray();
      this.seed = seed;
      this.first = signs(-1, 1 << (BITS - 1));
    }

    /** Fits it to the logits of images, and to the variance of effects beside each image anew. */
    static Decaying of(
        EdgeBins zones,
        PlaceFit.Sum sum,
        List<Beside> beside,
        double[][] ofImage,
        double[] ofPlace,
        long seed) {
      int doses = beside.size() - SKIPPED + 1;
      double[] deviation = new double[doses];
      double[] kept = new double[zones.bins().size()];
      for (int i = 0; i < doses; i++) {
        int dose = i + SKIPPED - 1;
        double[] own = ofImage[dose];
        double sd = Samples.Summary.of(beside.get(dose).left(sum)).sd().orElse(0);
        int pixels = beside.get(dose).images().get(0).count();
        double least = Arrays.stream(own).max().orElse(0);
        double variance = Math.max(sd * sd - pixels * ofPlace[dose], least);
        deviation[i] = Math.sqrt(variance);
        for (int zone = 0; zone < kept.length; zone++) {
          kept[zone] += (variance > 0 ? Math.sqrt(1 - own[zone] / variance) : 1) / doses;
        }
      }
      return new Decaying(zones, deviation, kept, seed);
    }

    private long[] signs(int pixel, int flips) {
      SplitMix64 random = SplitMix64.stream(seed, "signs", pixel);
      long[] some = new long[WORDS];
      for (int bit = 0; bit < WORDS * Long.SIZE; bit += Long.SIZE / BITS) {
        long bits = random.nextLong();
        for (int i = 0; i < Long.SIZE / BITS; i++) {
          if ((bits >>> (BITS * i) & (1 << BITS) - 1) < flips) {
            some[bit / Long.SIZE] |= 1L << (bit % Long.SIZE + i);
          }
        }
      }
      return some;
    }

    @Override
    public double of(BlackPixels image) {
      long[] product = first.clone();
      for (int i = 0; i < image.count(); i++) {
        long[] own =
            signs.computeIfAbsent(image.get(i), pixel -> signs(pixel, flips[zones.binOf(pixel)]));
        for (int word = 0; word < WORDS; word++) {
          product[word] ^= own[word];
        }
      }
      int negative = 0;
      for (long word : product) {
        negative += Long.bitCount(word);
      }
      double normal = (WORDS * Long.SIZE - 2 * negative) / Math.sqrt(WORDS * Long.SIZE);
      return at(deviation, image.count()) * normal;
    }

    /** Between one pixel, which has none, and what was measured; the last holds beyond. */
    private static double at(double[] measured, int count) {
      int before = 1;
      double value = 0;
      for (int dose = 0; dose < measured.length; dose++) {
        int pixels = PlaceEffects.BESIDE.get(dose + SKIPPED);
        if (count <= pixels) {
          return value + (measured[dose] - value) * (count - before) / (pixels - before);
        }
        before = pixels;
        value = measured[dose];
      }
      return value;
    }
  }
}
