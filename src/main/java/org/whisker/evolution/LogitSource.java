package org.whisker.evolution;

import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.image.BlackPixels;
import org.whisker.image.Tones;

/**
 * Scores a whole list of genomes at once: one logit of not-cat each, in their order (the lower, the
 * more cat). Must be a function of the genome alone: scores are kept and never asked for again.
 */
@FunctionalInterface
public interface LogitSource {
  /** An image of n pixels has as many variants as the canvas has pixels, of about n pixels each. */
  int FLIPPED_AT_ONCE = 256;

  float[] logits(List<BlackPixels> genomes);

  /**
   * The logits of an image with one of these pixels turned to the other tone, each in its turn;
   * where a classifier can, by computing what that reaches, and then equal to {@link #logits} up to
   * rounding.
   */
  default float[] flipped(BlackPixels image, int[] pixels) {
    float[] logits = new float[pixels.length];
    int step = Math.min(batch(), FLIPPED_AT_ONCE);
    for (int from = 0; from < pixels.length; from += step) {
      int to = Math.min(from + step, pixels.length);
      float[] part = logits(Arrays.stream(pixels, from, to).mapToObj(image::flipped).toList());
      System.arraycopy(part, 0, logits, from, to - from);
    }
    return logits;
  }

  /** The image with each of its black pixels left out in turn, by {@link #logits}. */
  default LeaveOneOut leaveOneOut(BlackPixels image) {
    float logit = logits(List.of(image))[0];
    return LeaveOneOut.of(image, logit, image::without, this::logits, Batches.of(FLIPPED_AT_ONCE))
        .orElseThrow();
  }

  /**
   * How many genomes are scored at once; a longer list takes several rounds. While one such batch
   * is scored, the next can be made.
   */
  default int batch() {
    return Integer.MAX_VALUE;
  }

  /**
   * The scores that count where they are reported and where they decide whether a target is
   * reached: these, unless the search goes by quicker, coarser ones.
   */
  default LogitSource exact() {
    return this;
  }

  /** The classifier's logits of black on white, at most {@code batchSize} pictures a call. */
  static LogitSource of(Classifier classifier, int batchSize) {
    return of(classifier, batchSize, Tones.standard());
  }

  /** The classifier's logits of pictures in these tones, at most {@code batchSize} a call. */
  static LogitSource of(Classifier classifier, int batchSize, Tones tones) {
    return new ClassifierLogits(classifier, batchSize, tones);
  }

  /** These scores for the search, and others that are reported. */
  default LogitSource reporting(LogitSource exact) {
    return new RescoredLogits(this, exact);
  }

  /** The same logit for every genome: what is left is what the operators do by themselves. */
  static LogitSource flat(float logit) {
    return genomes -> {
      float[] logits = new float[genomes.size()];
      Arrays.fill(logits, logit);
      return logits;
    };
  }
}
