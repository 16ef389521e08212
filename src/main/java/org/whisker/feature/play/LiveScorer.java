package org.whisker.feature.play;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;

/**
 * Scores a picture that changes a little at a time. Of a large network on a CPU the feature maps of
 * one picture are kept, and a picture that differs from it in a small rectangle is scored by that
 * difference (equal up to rounding). A small network, or one on a GPU, has a full pass each time:
 * keeping maps costs it more than they save. For one thread.
 */
final class LiveScorer implements AutoCloseable {
  /** Beyond this share of the canvas a difference touches most of the network. */
  private static final int SMALL = 8;

  private final Classifier classifier;
  private final boolean keeps;
  private @Nullable Kept kept;
  private @Nullable GrayImage next;

  /** A picture whose maps are kept. */
  private record Kept(GrayImage base, PatchScorer scorer) {}

  /**
   * A logit of not-cat.
   *
   * @param incremental whether it came of a difference from a kept picture
   */
  record Scored(float logit, boolean incremental) {}

  /** Owns the classifier from now on. */
  LiveScorer(Classifier classifier) {
    this(classifier, classifier instanceof PatchClassifier quick && quick.gainsByKeptMaps());
  }

  /**
   * The same.
   *
   * @param keeps whether maps are kept
   */
  LiveScorer(Classifier classifier, boolean keeps) {
    this.classifier = classifier;
    this.keeps = keeps;
  }

  Classifier classifier() {
    return classifier;
  }

  /** Scores a picture of the classifier's size. */
  Scored score(GrayImage picture) {
    if (kept != null && kept.base.equals(picture)) {
      return new Scored(kept.scorer.baseLogit(), true);
    }
    Optional<Patch> change = Optional.ofNullable(kept).flatMap(k -> change(k.base, picture));
    if (change.isPresent() && kept != null) {
      return new Scored(kept.scorer.logits(List.of(change.get()))[0], true);
    }
    return new Scored(full(picture), false);
  }

  private float full(GrayImage picture) {
    if (keeps) {
      next = picture;
    }
    return classifier.logits(List.of(picture))[0];
  }

  /** Keeps the maps of what last took a full pass; to be called when nobody waits. */
  void keep() {
    if (next != null) {
      release();
      kept = new Kept(next, PatchClassifier.best(classifier, next));
      next = null;
    }
  }

  /** The smallest rectangle that holds all that differs; empty if nothing does, or too much. */
  static Optional<Patch> change(GrayImage from, GrayImage to) {
    Canvas canvas = to.canvas();
    int left = canvas.width();
    int right = -1;
    int top = canvas.height();
    int bottom = -1;
    for (int i = 0; i < canvas.pixels(); i++) {
      if (from.at(i) != to.at(i)) {
        left = Math.min(left, canvas.x(i));
        right = Math.max(right, canvas.x(i));
        top = Math.min(top, canvas.y(i));
        bottom = Math.max(bottom, canvas.y(i));
      }
    }
    long area = (long) (right - left + 1) * (bottom - top + 1);
    return right < 0 || area * SMALL > canvas.pixels()
        ? Optional.empty()
        : Optional.of(patch(to, left, top, right - left + 1, bottom - top + 1));
  }

  private static Patch patch(GrayImage of, int left, int top, int width, int height) {
    Canvas size = new Canvas(width, height);
    float[] values = new float[size.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of.at(left + size.x(i), top + size.y(i));
    }
    return new Patch(left, top, new GrayImage(size, values));
  }

  private void release() {
    if (kept != null) {
      kept.scorer.close();
      kept = null;
    }
  }

  @Override
  public void close() {
    release();
    classifier.close();
  }
}
