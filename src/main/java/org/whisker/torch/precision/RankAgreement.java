package org.whisker.torch.precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Correlation;
import org.whisker.stats.Samples;

/**
 * The agreement of two classifiers in ranking the same pictures.
 *
 * @param siblings Spearman's rho within families, the median over them
 * @param all rho over all pictures
 * @param pictures how many
 */
public record RankAgreement(double siblings, double all, int pictures) {
  private static final int PICTURES = 200;

  /**
   * Compares two classifiers on pictures such as a search has to rank.
   *
   * @param seed the seed of the pictures
   */
  public static RankAgreement of(Classifier expected, Classifier found, long seed) {
    List<BlackPixels> pictures = ProbePictures.of(expected.canvas(), PICTURES, seed);
    return new RankAgreement(
        logits(expected, pictures), logits(found, pictures), ProbePictures.FAMILY);
  }

  private static double[] logits(Classifier classifier, List<BlackPixels> pictures) {
    float[] scores = classifier.logits(pictures);
    double[] logits = new double[scores.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores[i];
    }
    return logits;
  }

  /**
   * Compares.
   *
   * @param expected logits, family by family, in whole families
   * @param found logits of the same pictures
   */
  RankAgreement(double[] expected, double[] found, int family) {
    this(median(expected, found, family), rho(expected, found), expected.length);
  }

  private static double median(double[] expected, double[] found, int family) {
    double[] each = new double[expected.length / family];
    for (int i = 0; i < each.length; i++) {
      int from = i * family;
      each[i] =
          rho(
              Arrays.copyOfRange(expected, from, from + family),
              Arrays.copyOfRange(found, from, from + family));
    }
    return Samples.median(each);
  }

  /** 0 where there is nothing to agree with: a ranking by noise alone is none. */
  private static double rho(double[] expected, double[] found) {
    return isRanking(expected) && isRanking(found) ? Correlation.spearman(expected, found) : 0;
  }

  private static boolean isRanking(double[] logits) {
    return Arrays.stream(logits).allMatch(Double::isFinite)
        && Arrays.stream(logits).anyMatch(z -> z != logits[0]);
  }

  /**
   * Pictures like those that a search has to rank: families of siblings that differ from a random
   * picture in a few pixels, with more black pixels from family to family.
   */
  static final class ProbePictures {
    /** Pictures in a family. */
    static final int FAMILY = 20;

    private static final int MOST_EDITS = 8;
    private static final int[] BLACK = {3, 10, 20, 35, 50, 75, 100, 150, 200, 300};

    private ProbePictures() {}

    /** Draws at least {@code count} pictures: whole families, one after another. */
    static List<BlackPixels> of(Canvas canvas, int count, long seed) {
      List<BlackPixels> pictures = new ArrayList<>();
      for (int family = 0; pictures.size() < count; family++) {
        SplitMix64 random = SplitMix64.stream(seed, "probe pictures", family);
        int black = Math.min(BLACK[family % BLACK.length], canvas.pixels() / 2);
        BlackPixels parent = changed(BlackPixels.none(canvas), black, random);
        for (int i = 0; i < FAMILY; i++) {
          pictures.add(changed(parent, 1 + random.nextInt(MOST_EDITS), random));
        }
      }
      return pictures;
    }

    /** Pixels drawn at random turn from white to black or back. */
    private static BlackPixels changed(BlackPixels picture, int times, SplitMix64 random) {
      BlackPixels changed = picture;
      for (int i = 0; i < times; i++) {
        int pixel = random.nextInt(picture.canvas().pixels());
        changed = changed.contains(pixel) ? changed.without(pixel) : changed.with(pixel);
      }
      return changed;
    }
  }
}
