package org.whisker.evolution;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Tones;

/** A classifier's logits of pictures in these tones, at most {@code batch} a call. */
record ClassifierLogits(Classifier classifier, int batch, Tones tones) implements LogitSource {
  ClassifierLogits {
    if (batch < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, was " + batch);
    }
  }

  @Override
  public float[] logits(List<BlackPixels> genomes) {
    float[] logits = new float[genomes.size()];
    for (int from = 0; from < logits.length; from += batch) {
      int to = Math.min(from + batch, logits.length);
      float[] part =
          classifier.logits(genomes.subList(from, to).stream().map(tones::painted).toList());
      System.arraycopy(part, 0, logits, from, to - from);
    }
    return logits;
  }
}
