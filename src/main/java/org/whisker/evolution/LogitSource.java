package org.whisker.evolution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Tones;
import org.whisker.value.Checks;

/**
 * Scores lists of genomes: one logit against the target each, in the same order (lower is more
 * cat). Must be a deterministic function of the genome, since scores are cached.
 */
@FunctionalInterface
public interface LogitSource {
  /**
   * Variants per request: there is one for each pixel of the canvas, each about as large as the
   * image.
   */
  int FLIPPED_AT_ONCE = 256;

  float[] logits(List<BlackPixels> genomes);

  /**
   * The logits of an image with each of these pixels flipped in turn (one at a time). A classifier
   * that supports it recomputes only the affected activations; the result then equals {@link
   * #logits} up to rounding.
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
   * Genomes scored per batch; a longer list takes several. While one batch is scored, the next can
   * be bred.
   */
  default int batch() {
    return Integer.MAX_VALUE;
  }

  /**
   * The scores to report and to decide whether a target is reached: this source itself, unless the
   * search uses faster, less exact ones.
   */
  default LogitSource exact() {
    return this;
  }

  /** The classifier's logits for black-on-white images, at most {@code batchSize} a call. */
  static LogitSource of(Classifier classifier, int batchSize) {
    return of(classifier, batchSize, Tones.standard());
  }

  /** The classifier's logits for images in these tones, at most {@code batchSize} a call. */
  static LogitSource of(Classifier classifier, int batchSize, Tones tones) {
    return new ClassifierLogits(classifier, batchSize, tones);
  }

  /** Returns a source that asks this one for each genome once, and remembers all logits. */
  default LogitSource remembering() {
    return new RememberedLogits(this, new HashMap<>());
  }

  /** Returns a source that searches score by, with another one as {@link #exact()}. */
  default LogitSource reporting(LogitSource exact) {
    return new RescoredLogits(this, exact);
  }

  /**
   * Returns a source for the search that takes a function of each image off this one's logits; what
   * is reported stays this one's.
   */
  default LogitSource less(ToDoubleFunction<BlackPixels> part) {
    LogitSource surrogate =
        genomes -> {
          float[] logits = logits(genomes);
          for (int i = 0; i < logits.length; i++) {
            logits[i] -= (float) part.applyAsDouble(genomes.get(i));
          }
          return logits;
        };
    return surrogate.reporting(exact());
  }

  /**
   * A source that gives every genome the same logit (neutral evolution): it shows the bias of the
   * operators alone.
   */
  static LogitSource flat(float logit) {
    return genomes -> {
      float[] logits = new float[genomes.size()];
      Arrays.fill(logits, logit);
      return logits;
    };
  }

  /** Logits that are known by genome. */
  record RememberedLogits(LogitSource source, Map<BlackPixels, Float> known)
      implements LogitSource {
    @Override
    public float[] logits(List<BlackPixels> genomes) {
      List<BlackPixels> asked =
          genomes.stream().distinct().filter(genome -> !known.containsKey(genome)).toList();
      float[] found = asked.isEmpty() ? new float[0] : source.logits(asked);
      for (int i = 0; i < found.length; i++) {
        known.put(asked.get(i), found[i]);
      }
      float[] logits = new float[genomes.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = known.getOrDefault(genomes.get(i), Float.NaN);
      }
      return logits;
    }

    @Override
    public int batch() {
      return source.batch();
    }
  }

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

  /**
   * A classifier's logits for images rendered in these tones, at most {@code batch} images a call.
   */
  record ClassifierLogits(Classifier classifier, int batch, Tones tones) implements LogitSource {
    public ClassifierLogits {
      Checks.refuse(batch < 1, "batch size must be at least 1, was %s", batch);
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
              .mapToObj(p -> Patch.pixel(canvas.x(p), canvas.y(p), tones.flipped(image, p)))
              .toList();
      try (PatchScorer scorer = PatchClassifier.best(classifier, tones.painted(image))) {
        return scorer.logits(patches);
      }
    }
  }
}
