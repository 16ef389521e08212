package org.whisker.evolution;

import java.util.List;
import org.whisker.image.BlackPixels;

/** Fast scores for the search with exact ones for what is reported. */
record RescoredLogits(LogitSource search, LogitSource exact) implements LogitSource {
  @Override
  public float[] logits(List<BlackPixels> genomes) {
    return search.logits(genomes);
  }

  @Override
  public int batch() {
    return search.batch();
  }
}
