package org.whisker.evolution;

import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Tones;

/**
 * Scores a whole list of genomes at once: one logit of not-cat each, in their order (the lower, the
 * more cat). Must be a function of the genome alone: scores are kept and never asked for again.
 */
@FunctionalInterface
public interface LogitSource {
  float[] logits(List<BlackPixels> genomes);

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
