package org.whisker.planted;

import java.util.Arrays;
import org.whisker.image.Canvas;
import org.whisker.option.Records;
import org.whisker.value.Checks;

/**
 * The logit against the target as a formula of the ink a(p), 0 to 1, of each pixel:
 *
 * <pre>
 * white − Σ gain(p) a(p) + Σ cost(p) a(p) − mated · Σ a(p) (1 − e^−m(p))
 *       − beside · Σ a(p) (1 − e^−n(p)) + e^(1 − Σ a) Σ alone(p) a(p)
 *       + wall · (1 − e^−Σ closed(p) a(p)) − together
 * </pre>
 *
 * <p>m(p) is the ink at the eight places of mates of p. The canvas is a torus to mates, so that
 * their term is the same for a rolled image. n(p) is the ink of the four neighbours of p; beyond
 * the border it is that of zero padding, which looks black, or of the opposite side. The last term
 * but one is what a single pixel does and several don't: it is {@code alone(p)} for one pixel, and
 * less than a hundredth of that a pixel for six. The last is a cost that the first pixels pay and
 * that then saturates. {@link Together} is worth something of several pixels alone.
 *
 * @param white logit of the empty canvas
 * @param gain the gain of each pixel, in logits towards the target
 * @param cost the cost of each pixel, in logits away from the target
 * @param mated logits towards the target of a pixel that has mates enough
 * @param alone the effect of a pixel that is the only one, in logits away from the target
 * @param wall what all pixels of closed places cost together at most, in logits away from the
 *     target
 * @param closed how fast a pixel of each place uses up what is left of that, at least 0
 * @param beside logits towards the target of a pixel that has neighbours enough, 0 or above
 * @param bordered whether there is ink beyond the border, as zero padding seems to have beside
 *     white
 * @param transposed whether x and y are exchanged in the steps to mates: then evolved pixels lie as
 *     deep, and elsewhere
 * @param together what several pixels are worth together, in logits towards the target
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
public record PlantedFormula(
    Canvas canvas,
    double white,
    double[] gain,
    double[] cost,
    double mated,
    double[] alone,
    double wall,
    double[] closed,
    double beside,
    boolean bordered,
    boolean transposed,
    Together together) {
  /**
   * Steps from a pixel to half of its mates, across and down; the others lie opposite. All are
   * even, so that images of half the size have mates as well, and long, so that mates lie at all
   * depths.
   */
  private static final int[][] STEPS = {{6, 10}, {10, -6}, {2, -8}, {8, 2}};

  /** Steps to the four neighbours. */
  private static final int[][] BESIDE = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

  private static final double WHITE = 2;

  public PlantedFormula {
    check("gain", gain, canvas);
    check("cost", cost, canvas);
    check("alone", alone, canvas);
    check("closed", closed, canvas);
  }

  /** A formula in which nothing matters, on the canvas of all plants; white is a cat with 12 %. */
  public static PlantedFormula blank() {
    return blank(PlantMaps.CANVAS, WHITE);
  }

  private static void check(String name, double[] map, Canvas canvas) {
    if (map.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          name + " has " + map.length + " pixels, the canvas is " + canvas);
    }
  }

  /** A formula in which nothing matters: the logit of the empty canvas everywhere. */
  static PlantedFormula blank(Canvas canvas, double white) {
    double[] none = new double[canvas.pixels()];
    return new PlantedFormula(
        canvas, white, none, none, 0, none, 0, none, 0, false, false, Together.NONE);
  }

  /** Sets the gain of each pixel, in logits towards the target. */
  public PlantedFormula withGain(double[] map) {
    return Records.changed(this, PlantedFormula::gain).to(map);
  }

  /** Sets the cost of each pixel, in logits away from the target. */
  public PlantedFormula withCost(double[] map) {
    return Records.changed(this, PlantedFormula::cost).to(map);
  }

  /** Sets the worth of a pixel that has mates enough, in logits towards the target. */
  public PlantedFormula withMated(double logits) {
    return Records.changed(this, PlantedFormula::mated).to(logits);
  }

  /** Sets the effect of a pixel that is the only one, in logits away from the target. */
  public PlantedFormula withAlone(double[] map) {
    return Records.changed(this, PlantedFormula::alone).to(map);
  }

  /**
   * Sets a cost of closed places that saturates.
   *
   * @param most what all pixels of closed places cost together at most, in logits away from the
   *     target
   * @param map how fast a pixel of each place uses up what is left of that
   */
  public PlantedFormula withWall(double most, double[] map) {
    return Records.changed(this, PlantedFormula::wall, PlantedFormula::closed).to(most, map);
  }

  /** Sets the logit against the target of the empty canvas. */
  public PlantedFormula withWhite(double logit) {
    return Records.changed(this, PlantedFormula::white).to(logit);
  }

  /**
   * Sets the worth of a pixel whose neighbours are black, in logits towards the target.
   *
   * @param padded whether the places beyond the border count as black, or the canvas is a torus
   */
  public PlantedFormula withBeside(double logits, boolean padded) {
    return Records.changed(this, PlantedFormula::beside, PlantedFormula::bordered)
        .to(logits, padded);
  }

  /** Sets whether x and y are exchanged in the steps to mates. */
  public PlantedFormula withTransposed(boolean exchanged) {
    return Records.changed(this, PlantedFormula::transposed).to(exchanged);
  }

  /** Sets what several pixels are worth together, in logits towards the target. */
  public PlantedFormula withTogether(Together worth) {
    return Records.changed(this, PlantedFormula::together).to(worth);
  }

  /**
   * What pixels are worth in pairs or triples and no single pixel shows: {@code worth · e(x) /
   * max(1, Σ a)^(of − 1)}, where x(p) = sign(p) a(p), and e is the sum of the products of all sets
   * of {@code of} of them (the elementary symmetric polynomial). The division makes it grow with
   * the number of pixels as a sum over pixels does.
   *
   * @param of 2 or 3; 0 for nothing
   * @param worth in logits towards the target
   * @param sign the sign of each pixel; 0 where it takes no part
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
  public record Together(int of, double worth, double[] sign) {
    static final Together NONE = new Together(0, 0, new double[0]);

    public Together {
      Checks.refuse(of != 0 && of != 2 && of != 3, "pairs or triples, not %s", of);
    }

    /** Sums of the products of all sets of no, one, two and three of them. */
    private double[] sums(double[] ink, int[] inked) {
      double[] sums = {1, 0, 0, 0};
      for (int p : inked) {
        double x = sign[p] * ink[p];
        if (x != 0) {
          sums[3] += x * sums[2];
          sums[2] += x * sums[1];
          sums[1] += x;
        }
      }
      return sums;
    }

    double value(double[] ink, int[] inked, double sum) {
      return of == 0 ? 0 : worth * sums(ink, inked)[of] / Math.pow(Math.max(1, sum), of - 1);
    }

    /** Derivative of the worth by the ink of each pixel. */
    double[] gradient(double[] ink, double sum) {
      double[] gradient = new double[ink.length];
      if (of == 0) {
        return gradient;
      }
      double[] sums = sums(ink, inked(ink));
      double by = Math.pow(Math.max(1, sum), of - 1);
      double fewer = sum > 1 ? (of - 1) * sums[of] / (by * sum) : 0;
      for (int p = 0; p < ink.length; p++) {
        double x = sign[p] * ink[p];
        double one = sums[1] - x;
        double others = of == 2 ? one : sums[2] - x * one;
        gradient[p] = worth * (sign[p] * others / by - fewer);
      }
      return gradient;
    }
  }

  /** The pixels that have ink, ascending. */
  private static int[] inked(double[] ink) {
    int[] inked = new int[ink.length];
    int count = 0;
    for (int p = 0; p < ink.length; p++) {
      if (ink[p] != 0) {
        inked[count++] = p;
      }
    }
    return Arrays.copyOf(inked, count);
  }

  /** The logit against the target. */
  double logit(double[] ink) {
    return logit(ink, inked(ink));
  }

  /**
   * The logit against the target.
   *
   * @param inked the pixels that have ink, ascending
   */
  double logit(double[] ink, int[] inked) {
    double sum = 0;
    double single = 0;
    double within = 0;
    double logit = white;
    for (int p : inked) {
      sum += ink[p];
      single += alone[p] * ink[p];
      within += closed[p] * ink[p];
      logit += (cost[p] - gain[p]) * ink[p];
      if (mated != 0) {
        logit -= mated * ink[p] * (1 - Math.exp(-mates(ink, p)));
      }
      if (beside != 0) {
        logit -= beside * ink[p] * (1 - Math.exp(-neighbours(ink, p)));
      }
    }
    return logit
        + Math.exp(1 - sum) * single
        + wall * (1 - Math.exp(-within))
        - together.value(ink, inked, sum);
  }

  /** The derivative of the logit with respect to the ink of each pixel. */
  double[] gradient(double[] ink) {
    double sum = 0;
    double single = 0;
    double within = 0;
    double[] lacking = new double[ink.length];
    for (int p = 0; p < ink.length; p++) {
      sum += ink[p];
      single += alone[p] * ink[p];
      within += closed[p] * ink[p];
      lacking[p] = Math.exp(-mates(ink, p));
    }
    double fading = Math.exp(1 - sum);
    double left = wall * Math.exp(-within);
    double[] several = together.gradient(ink, sum);
    double[] gradient = new double[ink.length];
    for (int p = 0; p < ink.length; p++) {
      double own = 1 - lacking[p];
      double others = 0;
      for (int[] step : STEPS) {
        int next = stepped(p, step, 1);
        int last = stepped(p, step, -1);
        others += ink[next] * lacking[next] + ink[last] * lacking[last];
      }
      gradient[p] =
          cost[p]
              - gain[p]
              - mated * (own + others)
              - beside * besideAt(ink, p)
              + fading * (alone[p] - single)
              + left * closed[p]
              - several[p];
    }
    return gradient;
  }

  private double mates(double[] ink, int pixel) {
    double sum = 0;
    for (int[] step : STEPS) {
      sum += ink[stepped(pixel, step, 1)] + ink[stepped(pixel, step, -1)];
    }
    return sum;
  }

  /** The derivative of the term of neighbours, by the ink of a pixel and without its worth. */
  private double besideAt(double[] ink, int pixel) {
    if (beside == 0) {
      return 0;
    }
    double sum = 1 - Math.exp(-neighbours(ink, pixel));
    for (int[] step : BESIDE) {
      if (!bordered || contains(pixel, step)) {
        int next = moved(pixel, step[0], step[1]);
        sum += ink[next] * Math.exp(-neighbours(ink, next));
      }
    }
    return sum;
  }

  private double neighbours(double[] ink, int pixel) {
    double sum = 0;
    for (int[] step : BESIDE) {
      sum += bordered && !contains(pixel, step) ? 1 : ink[moved(pixel, step[0], step[1])];
    }
    return sum;
  }

  private boolean contains(int pixel, int[] step) {
    return canvas.contains(canvas.x(pixel) + step[0], canvas.y(pixel) + step[1]);
  }

  private int moved(int pixel, int dx, int dy) {
    int x = Math.floorMod(canvas.x(pixel) + dx, canvas.width());
    int y = Math.floorMod(canvas.y(pixel) + dy, canvas.height());
    return y * canvas.width() + x;
  }

  private int stepped(int pixel, int[] step, int times) {
    return moved(pixel, times * step[transposed ? 1 : 0], times * step[transposed ? 0 : 1]);
  }
}
