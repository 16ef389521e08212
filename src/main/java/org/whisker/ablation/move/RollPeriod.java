package org.whisker.ablation.move;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.stats.Samples;

/**
 * Whether rolling patterns by multiples of a modulus costs less than rolling them a little more or
 * less, along one axis. A layer that strides prefers some columns or rows modulo its stride, and
 * then it does.
 *
 * <p>The network is intervened on, so its own places are not mistaken for a period: where helpful
 * places lie in no order, some distances of rolling cost less than others as well, but the
 * multiples of a number have no part in that. The unit of the null is therefore the distance, not
 * the run, since all runs are rolled over the same network: what each distance costs beyond its
 * surroundings is dealt anew to the distances.
 *
 * @param axis {@code x} or {@code y}
 * @param perImage what a roll beside a multiple loses more than one by the multiple, relative to
 *     what scattering loses, of each image
 * @param p one-sided, by permutation of the distances
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RollPeriod(String axis, int modulus, double[] perImage, double p) {
  private static final int FEWEST_MULTIPLES = 2;
  private static final double ROUNDING = 1e-9;

  /** The mean over images: 0 where the modulus has no part in what rolling costs. */
  public double effect() {
    return DoubleStream.of(perImage).average().orElse(0);
  }

  /** Whether a canvas has at least two multiples of the modulus up to half of it, and no seam. */
  public static boolean fits(Canvas canvas, boolean across, int modulus) {
    int length = across ? canvas.width() : canvas.height();
    return length % modulus == 0 && hasMultiples(canvas, modulus);
  }

  /** Whether there are at least two multiples of the modulus among the rolls. */
  public static boolean hasMultiples(Canvas canvas, int modulus) {
    return FEWEST_MULTIPLES * modulus <= Math.min(canvas.width(), canvas.height()) / 2;
  }

  /**
   * The test of a modulus.
   *
   * @param patterns with all rolls along the axis up to half the canvas, both ways, and scatters
   * @param images numbers of the images to look at; all lose by scattering
   * @param draws permutations, at least 1
   */
  public static RollPeriod of(
      MovedPatterns patterns,
      int[] images,
      boolean across,
      int modulus,
      int draws,
      RandomGenerator random) {
    List<double[]> curves =
        IntStream.of(images).mapToObj(image -> curve(patterns, image, across)).toList();
    int distances = curves.isEmpty() ? 0 : curves.get(0).length;
    double[] weights = weights(distances, modulus);
    double[] mean = new double[distances];
    curves.forEach(curve -> Arrays.setAll(mean, s -> mean[s] + curve[s] / curves.size()));
    double[] each =
        curves.stream().mapToDouble(curve -> Samples.weightedSum(weights, curve)).toArray();
    double[] beyond = beyond(mean, modulus);
    return new RollPeriod(across ? "x" : "y", modulus, each, p(weights, beyond, draws, random));
  }

  /** The loss by the distance of a roll, from 1, relative to scattering; mean of both ways. */
  private static double[] curve(MovedPatterns patterns, int image, boolean across) {
    List<PatternMove> moves = patterns.moves();
    int far =
        (int)
            moves.stream()
                .filter(move -> isRoll(move, across))
                .mapToDouble(PatternMove::step)
                .max()
                .orElse(0);
    double[] sums = new double[far];
    int[] counts = new int[far];
    double scattered = 0;
    int scatters = 0;
    for (int m = 0; m < moves.size(); m++) {
      double delta = patterns.delta(image, m);
      if (isRoll(moves.get(m), across)) {
        int step = (int) moves.get(m).step();
        sums[step - 1] += delta;
        counts[step - 1]++;
      } else if (moves.get(m) instanceof PatternMove.Scatter) {
        scattered += delta;
        scatters++;
      }
    }
    double unit = scattered > 0 ? scattered / scatters : 1;
    return IntStream.range(0, far).mapToDouble(s -> sums[s] / counts[s] / unit).toArray();
  }

  private static boolean isRoll(PatternMove move, boolean across) {
    return move instanceof PatternMove.Roll roll && (across ? roll.dy() == 0 : roll.dx() == 0);
  }

  /**
   * Weights of the distances: below 0 at the multiples, above 0 around them up to half the modulus.
   */
  private static double[] weights(int distances, int modulus) {
    double[] weights = new double[distances];
    int multiples = distances / modulus;
    int around = Math.max(1, modulus / 2);
    for (int at = modulus; at <= distances; at += modulus) {
      weights[at - 1] -= 1.0 / multiples;
      for (int j = 1; j <= around; j++) {
        weights[folded(at - j, distances)] += 0.5 / around / multiples;
        weights[folded(at + j, distances)] += 0.5 / around / multiples;
      }
    }
    return weights;
  }

  /** Rolls by more than half of the canvas are rolls the other way. */
  private static int folded(int distance, int most) {
    return (distance > most ? 2 * most - distance : distance) - 1;
  }

  /** What each distance costs beyond the mean of those within a modulus of it. */
  private static double[] beyond(double[] curve, int modulus) {
    double[] beyond = new double[curve.length];
    for (int s = 1; s <= curve.length; s++) {
      double sum = 0;
      int count = 0;
      for (int t = Math.max(1, s - modulus); t <= s + modulus; t++) {
        sum += curve[folded(t, curve.length)];
        count++;
      }
      beyond[s - 1] = curve[s - 1] - sum / count;
    }
    return beyond;
  }

  private static double p(double[] weights, double[] beyond, int draws, RandomGenerator random) {
    double observed = Samples.weightedSum(weights, beyond);
    double[] dealt = beyond.clone();
    long extreme = 0;
    for (int draw = 0; draw < draws; draw++) {
      for (int i = dealt.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double other = dealt[j];
        dealt[j] = dealt[i];
        dealt[i] = other;
      }
      extreme += Samples.weightedSum(weights, dealt) >= observed - ROUNDING ? 1 : 0;
    }
    return (extreme + 1.0) / (draws + 1.0);
  }
}
