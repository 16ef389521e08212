package org.whisker.torch.precision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;

/** Pictures scored batch by batch, each batch timed. */
final class TimedScores {
  private final Classifier classifier;
  private final List<BlackPixels> pictures;
  private final int batch;
  private final LongSupplier nanoTime;
  private final double[] logits;
  private final List<Double> rates = new ArrayList<>();
  private int done;
  private long one;

  TimedScores(Classifier classifier, List<BlackPixels> pictures, int batch, LongSupplier nanoTime) {
    this.classifier = classifier;
    this.pictures = pictures;
    this.batch = batch;
    this.nanoTime = nanoTime;
    this.logits = new double[pictures.size()];
  }

  /** The time for one picture, excluding the first call. */
  long oneNanos() {
    if (one == 0) {
      classifier.logits(pictures.subList(0, 1));
      long began = nanoTime.getAsLong();
      classifier.logits(pictures.subList(0, 1));
      one = Math.max(1, nanoTime.getAsLong() - began);
    }
    return one;
  }

  /** Scores one batch without timing it. */
  void warmUp() {
    classifier.logits(pictures.subList(0, Math.min(batch, pictures.size())));
  }

  boolean hasNext() {
    return done < pictures.size();
  }

  void next() {
    List<BlackPixels> part =
        pictures.subList(done, (int) Math.min((long) done + batch, pictures.size()));
    long began = nanoTime.getAsLong();
    float[] scores = classifier.logits(part);
    long nanos = Math.max(1, nanoTime.getAsLong() - began);
    for (float score : scores) {
      logits[done++] = score;
    }
    if (part.size() == batch || rates.isEmpty()) {
      rates.add(scores.length * 1e9 / nanos);
    }
  }

  double[] logits() {
    return logits.clone();
  }

  /** Pictures per second: the median over full batches. */
  double rate() {
    List<Double> sorted = new ArrayList<>(rates);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
