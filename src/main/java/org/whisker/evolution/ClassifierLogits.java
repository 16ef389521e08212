package org.whisker.evolution;

import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Tones;

/**
 * A classifier's logits for images rendered in these tones, at most {@code batch} images a call.
 */
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

  @Override
  public float[] flipped(BlackPixels image, int[] pixels) {
    Canvas canvas = image.canvas();
    List<Patch> patches =
        Arrays.stream(pixels)
            .mapToObj(
                p ->
                    Patch.pixel(
                        canvas.x(p),
                        canvas.y(p),
                        image.contains(p) ? tones.background() : tones.ink()))
            .toList();
    try (PatchScorer scorer = PatchClassifier.best(classifier, tones.painted(image))) {
      return scorer.logits(patches);
    }
  }
}
