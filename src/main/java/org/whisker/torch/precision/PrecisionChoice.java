package org.whisker.torch.precision;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.torch.Precision;

/**
 * Float32 or bfloat16 for a search on this machine: bfloat16 if it scores faster and still ranks
 * siblings, pictures that differ in a few pixels, as float32 does.
 *
 * @param float32Rate pictures scored per second
 * @param bfloat16Rate pictures scored per second
 * @param siblings Spearman's rho between both precisions' logits within families of siblings, the
 *     median over families
 * @param all rho over all families together
 * @param pictures number of pictures scored in both precisions
 */
public record PrecisionChoice(
    double float32Rate, double bfloat16Rate, double siblings, double all, int pictures) {
  /** The smallest {@code siblings} for which bfloat16 is chosen. */
  public static final double LEAST_AGREEMENT = 0.98;

  /** The smallest speed-up for which bfloat16 is chosen. */
  public static final double LEAST_SPEEDUP = 1.1;

  private static final double HOPELESS = 3; // without AMX bfloat16 can be many times slower
  private static final int PROBES = 200;
  private static final int LEAST_BATCHES = 5;

  public PrecisionChoice {
    if (!(float32Rate > 0) || !(bfloat16Rate > 0)) {
      throw new IllegalArgumentException(
          "rates must be above 0, were " + float32Rate + " and " + bfloat16Rate);
    }
  }

  /**
   * Scores the same pictures in both precisions alternately, batch by batch, so that other load on
   * the machine affects both. If bfloat16 takes several times as long for a single picture, the
   * measurement ends there.
   *
   * @param batch pictures per call, as in the search
   * @param seed of the pictures
   * @param nanoTime the clock
   */
  public static PrecisionChoice measure(
      Classifier float32, Classifier bfloat16, int batch, long seed, LongSupplier nanoTime) {
    var pictures =
        ProbePictures.of(float32.canvas(), Math.max(PROBES, LEAST_BATCHES * batch), seed);
    TimedScores exact = new TimedScores(float32, pictures, batch, nanoTime);
    TimedScores coarse = new TimedScores(bfloat16, pictures, batch, nanoTime);
    if (coarse.oneNanos() > HOPELESS * (double) exact.oneNanos()) {
      return new PrecisionChoice(1e9 / exact.oneNanos(), 1e9 / coarse.oneNanos(), 0, 0, 1);
    }
    exact.warmUp();
    coarse.warmUp();
    while (exact.hasNext()) {
      exact.next();
      coarse.next();
    }
    RankAgreement agreement =
        new RankAgreement(exact.logits(), coarse.logits(), ProbePictures.FAMILY);
    return new PrecisionChoice(
        exact.rate(), coarse.rate(), agreement.siblings(), agreement.all(), pictures.size());
  }

  /** The speed of bfloat16 relative to float32. */
  public double speedup() {
    return bfloat16Rate / float32Rate;
  }

  /** The precision to use. */
  public Precision precision() {
    return isFaster() && agrees() ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  private boolean isFaster() {
    return speedup() >= LEAST_SPEEDUP;
  }

  private boolean agrees() {
    return siblings >= LEAST_AGREEMENT;
  }

  /** The reason, in one line. */
  public String reason() {
    String measured =
        String.format(
            Locale.ROOT,
            "bfloat16 scores %.1f images/s, float32 %.1f (%.2f times)",
            bfloat16Rate,
            float32Rate,
            speedup());
    if (pictures > 1) {
      measured += String.format(Locale.ROOT, "; they rank siblings alike to %.4f", siblings);
    }
    if (precision() == Precision.BFLOAT16) {
      return measured;
    }
    return measured
        + (isFaster()
            ? ", " + LEAST_AGREEMENT + " is wanted"
            : "; " + LEAST_SPEEDUP + " times is wanted");
  }
}
