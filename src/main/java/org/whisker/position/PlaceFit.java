package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBins;
import org.whisker.position.PlaceEffects.Beside;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples;

/**
 * A function of images, fitted to effects of pixels: the logit of white; what each pixel adds, its
 * effect averaged over the numbers of pixels from none to all others, beside which it may have
 * come; what such a sum leaves on average, by the number of pixels; and {@link Interactions}, what
 * it leaves beyond that.
 *
 * <p>Beside others, the effect y of a place is y = a + s x + v, in each of five zones of equal area
 * from the border inwards: x is its effect on white, a and s are fitted by least squares, and v is
 * a place's own, the same beside all images, drawn from what was seen of it.
 *
 * @param left what sums leave, for each number of pixels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlaceFit(Sum sum, double[] left, Interactions interactions)
    implements ToDoubleFunction<BlackPixels> {
  /** Pixels beyond which what they do on average is the same. */
  private static final int MOST = 1024;

  private static final double[][] WEIGHTS =
      IntStream.rangeClosed(0, MOST)
          .mapToObj(pixels -> averaged(pixels, PlaceEffects.BESIDE.size()))
          .toArray(double[][]::new);

  /**
   * Fits what was measured.
   *
   * @param map the effect of a single pixel of white at each place
   * @param beside by number of pixels
   * @param decaying which interactions
   */
  static PlaceFit of(
      EdgeBins zones,
      double white,
      double[] map,
      List<Beside> beside,
      boolean decaying,
      SplitMix64 random) {
    double[][] effects = new double[beside.size() + 1][];
    double[][] ofImage = new double[beside.size()][];
    double[] ofPlace = new double[beside.size()];
    effects[0] = map;
    for (int dose = 1; dose < effects.length; dose++) {
      Beside measured = beside.get(dose - 1);
      List<Line> lines =
          IntStream.range(0, zones.bins().size())
              .mapToObj(zone -> Line.of(measured, zone, random))
              .toList();
      effects[dose] =
          IntStream.range(0, map.length)
              .mapToDouble(place -> lines.get(zones.binOf(place)).at(map[place], random))
              .toArray();
      ofImage[dose - 1] = lines.stream().mapToDouble(Line::ofImage).toArray();
      ofPlace[dose - 1] = lines.stream().mapToDouble(Line::ofPlace).average().orElse(0);
    }
    Sum sum = new Sum(white, effects);
    double[] left = beside.stream().mapToDouble(each -> Samples.mean(each.left(sum))).toArray();
    long seed = random.nextLong();
    Interactions interactions =
        decaying
            ? Interactions.Decaying.of(zones, sum, beside, ofImage, ofPlace, seed)
            : Interactions.Pairs.of(zones, beside, ofImage, seed);
    return new PlaceFit(sum, left, interactions);
  }

  @Override
  public double applyAsDouble(BlackPixels image) {
    double logit = sum.applyAsDouble(image);
    if (image.count() < 2) {
      return logit;
    }
    double[] weights = interpolation(image.count(), left.length + 1);
    for (int dose = 0; dose < left.length; dose++) {
      logit += weights[dose + 1] * left[dose];
    }
    return logit + interactions.of(image);
  }

  /** What the next pixel does on average at each place, beside so many. */
  IntToDoubleFunction next(int count) {
    double[] weights = interpolation(count, sum.effects.length);
    return place -> {
      double next = 0;
      for (int dose = 0; dose < weights.length; dose++) {
        next += weights[dose] * sum.effects[dose][place];
      }
      return next;
    };
  }

  /**
   * A sum of effects.
   *
   * @param effects for each number of pixels, of the next one at each place
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sum(double white, double[][] effects) implements ToDoubleFunction<BlackPixels> {
    @Override
    public double applyAsDouble(BlackPixels image) {
      double logit = white;
      double[] weights = WEIGHTS[Math.min(image.count(), MOST)];
      for (int dose = 0; dose < effects.length; dose++) {
        double sum = 0;
        for (int i = 0; i < image.count(); i++) {
          sum += effects[dose][image.get(i)];
        }
        logit += weights[dose] * sum;
      }
      return logit;
    }
  }

  /**
   * A line, and how places leave it.
   *
   * @param left what single places lie above the line beside all images alike, at least one
   * @param ofPlace variance of that
   * @param ofImage variance of what else they lie above it, beside each image anew
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(double a, double slope, double[] left, double ofPlace, double ofImage) {
    /** Fits images that are drawn again with replacement. */
    static Line of(Beside measured, int zone, SplitMix64 random) {
      double[][] y =
          Arrays.stream(measured.there()).map(image -> image[zone]).toArray(double[][]::new);
      double[] x = measured.alone()[zone];
      double[] means = new double[x.length];
      for (int drawn = 0; drawn < y.length; drawn++) {
        double[] image = y[random.nextInt(y.length)];
        for (int i = 0; i < x.length; i++) {
          means[i] += image[i] / y.length;
        }
      }
      double middle = Samples.mean(x);
      double height = Samples.mean(means);
      double products = 0;
      double squares = 0;
      for (int i = 0; i < x.length; i++) {
        products += (x[i] - middle) * (means[i] - height);
        squares += (x[i] - middle) * (x[i] - middle);
      }
      double slope = squares > 0 ? products / squares : 0;
      return left(height - slope * middle, slope, x, y);
    }

    /**
     * Splits what is left of all images into a part of each place and a part of each place and
     * image: an analysis of variance of two ways, one value a cell.
     */
    private static Line left(double a, double slope, double[] x, double[][] y) {
      double[] ofPlace = new double[x.length];
      double[] ofImage = new double[y.length];
      double all = 0;
      for (int base = 0; base < y.length; base++) {
        for (int i = 0; i < x.length; i++) {
          double rest = y[base][i] - a - slope * x[i];
          ofPlace[i] += rest / y.length;
          ofImage[base] += rest / x.length;
          all += rest / x.length / y.length;
        }
      }
      double within = 0;
      double between = 0;
      for (int i = 0; i < x.length; i++) {
        between += (ofPlace[i] - all) * (ofPlace[i] - all);
        for (int base = 0; base < y.length; base++) {
          double own = y[base][i] - a - slope * x[i] - ofPlace[i] - ofImage[base] + all;
          within += own * own;
        }
      }
      within /= (x.length - 1.0) * (y.length - 1.0);
      between /= x.length - 2.0;
      double share = between > 0 ? Math.max(0, 1 - within / y.length / between) : 0;
      double mean = all;
      double[] left =
          Arrays.stream(ofPlace).map(place -> (place - mean) * Math.sqrt(share)).toArray();
      return new Line(a, slope, left, share * between, within);
    }

    double at(double x, SplitMix64 random) {
      return a + slope * x + left[random.nextInt(left.length)];
    }
  }

  /** The mean of {@link #interpolation} over 0 to {@code pixels} − 1. */
  private static double[] averaged(int pixels, int known) {
    double[] mean = new double[known];
    for (int count = 0; count < pixels; count++) {
      double[] at = interpolation(count, known);
      for (int dose = 0; dose < known; dose++) {
        mean[dose] += at[dose] / pixels;
      }
    }
    return mean;
  }

  /** The weights of the first known numbers of pixels at another number; the last holds beyond. */
  private static double[] interpolation(int count, int known) {
    double[] weights = new double[known];
    int after = 0;
    while (after < known && PlaceEffects.BESIDE.get(after) <= count) {
      after++;
    }
    if (after == known) {
      weights[known - 1] = 1;
      return weights;
    }
    double from = PlaceEffects.BESIDE.get(after - 1);
    double part = (count - from) / (PlaceEffects.BESIDE.get(after) - from);
    weights[after - 1] = 1 - part;
    weights[after] = part;
    return weights;
  }
}
