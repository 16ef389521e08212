package org.whisker.feature.play;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.OpenClassifiers;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.input.PictureSize;
import org.whisker.position.EdgeBias.ChanceBand;

/**
 * Scores pictures as they are painted, one at a time on a thread of its own. A picture that comes
 * while another waits takes its place. Thread-safe.
 */
public final class ScoreDesk implements AutoCloseable {
  /** Two beside each other, and the two before. */
  private static final int OPEN = 4;

  private static final int MOST_BANDS = 1024;

  private final LatestOnly queue = new LatestOnly("scores", this::keep);
  private final OpenClassifiers<LiveScorer> models;
  private final Map<Blank, Float> blanks = new HashMap<>();
  private final LongSupplier nanoTime;

  private final Map<Placing, ChanceBand> bands = new HashMap<>();

  private record Blank(ModelChoice model, Tone background) {
    PlanarImage empty(Canvas canvas) {
      return background.filled(canvas, background.values().size());
    }
  }

  private record Placing(Canvas canvas, int pixels) {}

  /**
   * Opens a desk that scores with these models.
   *
   * @param nanoTime for how long a score took
   */
  public ScoreDesk(PlayModels models, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.models = new OpenClassifiers<>(OPEN, choice -> new LiveScorer(models.open(choice)));
  }

  /**
   * Scores a picture.
   *
   * @return fails with an {@code LatestOnly.OutdatedException} when a newer picture took its place
   */
  public CompletableFuture<Scores> submit(PlayState request) {
    return queue.submit(() -> score(request));
  }

  /**
   * Scores a photo, of which nobody asks where its pixels lie.
   *
   * @return fails as that of {@link #submit}
   */
  public CompletableFuture<Score> submitPhoto(PlayState request) {
    return queue.submit(() -> score(request, request.model()));
  }

  private void keep() {
    models.all().forEach(LiveScorer::keep);
  }

  private Scores score(PlayState request) throws IOException {
    Score first = score(request, request.model());
    Optional<Score> beside =
        request.beside().isPresent()
            ? Optional.of(score(request, request.beside().get()))
            : Optional.empty();
    return new Scores(first, beside, Placed.of(request.picture(), request.tones(), this::band));
  }

  private Score score(PlayState request, ModelChoice model) throws IOException {
    LiveScorer scorer = models.get(model);
    PlanarImage picture =
        PlanarImage.from(PictureSize.fitted(request.picture(), scorer.classifier().canvas()));
    double blank = blank(scorer, new Blank(model, request.tones().background()));
    long from = nanoTime.getAsLong();
    LiveScorer.Scored scored = scorer.score(picture);
    double milliseconds = (nanoTime.getAsLong() - from) / 1e6;
    return new Score(
        model.toString(),
        scored.logit(),
        Classifier.catProbability(scored.logit()),
        scored.logit() - blank,
        !picture.canvas().equals(request.picture().canvas()),
        scored.incremental(),
        milliseconds);
  }

  /** The logit of the empty canvas; a few colours of a few models are all that is ever kept. */
  private double blank(LiveScorer scorer, Blank blank) {
    if (blanks.size() > 64) {
      blanks.clear();
    }
    return blanks.computeIfAbsent(
        blank, b -> scorer.classifier().logits(List.of(b.empty(scorer.classifier().canvas())))[0]);
  }

  /** The band for so many pixels, which is kept: drawn anew it would take longer than a score. */
  private ChanceBand band(Canvas canvas, int pixels) {
    if (bands.size() > MOST_BANDS) {
      bands.clear();
    }
    return bands.computeIfAbsent(
        new Placing(canvas, pixels), p -> ChanceBand.of(p.canvas(), p.pixels()));
  }

  /** Waits for the score that is being computed, and closes all models. */
  @Override
  public void close() {
    queue.close();
    models.close();
  }

  /**
   * What is shown of a picture.
   *
   * @param first by the model
   * @param beside by the second one, if there is one
   * @param placed where its pixels lie
   */
  public record Scores(Score first, Optional<Score> beside, Placed placed) {}

  /**
   * What a model says of a picture.
   *
   * @param model which, as its {@code ModelChoice} is written
   * @param logit the logit against the target
   * @param pTarget p(target)
   * @param delta the logit less that of the empty canvas: below 0, what is painted is towards the
   *     target
   * @param resized whether the picture had another size than the model takes
   * @param incremental whether only a difference from a kept picture was computed
   * @param milliseconds the number of milliseconds that this score took
   */
  public record Score(
      String model,
      double logit,
      double pTarget,
      double delta,
      boolean resized,
      boolean incremental,
      double milliseconds) {}

  /**
   * Where the inked pixels of a picture lie.
   *
   * @param pixels how many are nearer to the ink than to the canvas
   * @param edgeIndex E, their mean edge rank; empty for none
   * @param chance where E of as many pixels lies by chance; empty for none
   */
  public record Placed(int pixels, OptionalDouble edgeIndex, Optional<ChanceBand> chance) {
    static Placed of(
        PlanarImage picture, Tones tones, BiFunction<Canvas, Integer, ChanceBand> bands) {
      BlackPixels inked = tones.inked(picture);
      Optional<ChanceBand> chance =
          inked.count() == 0
              ? Optional.empty()
              : Optional.of(bands.apply(picture.canvas(), inked.count()));
      return new Placed(inked.count(), new EdgeRank(picture.canvas()).edgeIndex(inked), chance);
    }
  }

  /**
   * Scores a picture that changes a little at a time. Of a large network on a CPU the feature maps
   * of one picture are kept, and a picture that differs from it in a small rectangle is scored by
   * that difference (equal up to rounding). A small network, or one on a GPU, has a full pass each
   * time: keeping maps costs it more than they save. For one thread.
   */
  static final class LiveScorer implements AutoCloseable {
    /** Beyond this share of the canvas a difference touches most of the network. */
    private static final int SMALL = 8;

    private final Classifier classifier;
    private final boolean keeps;
    private @Nullable Kept kept;
    private @Nullable PlanarImage next;

    /** A picture whose maps are kept. */
    private record Kept(PlanarImage base, PatchScorer scorer) {}

    /**
     * A logit against the target.
     *
     * @param incremental whether it came of a difference from a kept picture
     */
    record Scored(float logit, boolean incremental) {}

    /** Owns the classifier from now on. */
    LiveScorer(Classifier classifier) {
      this(classifier, classifier instanceof PatchClassifier quick && quick.gainsByKeptMaps());
    }

    /**
     * Owns the classifier from now on.
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
    Scored score(PlanarImage picture) {
      if (kept != null && kept.base.equals(picture)) {
        return new Scored(kept.scorer.baseLogit(), true);
      }
      Optional<Patch> change = Optional.ofNullable(kept).flatMap(k -> change(k.base, picture));
      if (change.isPresent() && kept != null) {
        return new Scored(kept.scorer.logits(List.of(change.get()))[0], true);
      }
      return new Scored(full(picture), false);
    }

    private float full(PlanarImage picture) {
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
    static Optional<Patch> change(PlanarImage from, PlanarImage to) {
      Canvas canvas = to.canvas();
      if (from.planes() != to.planes()) {
        return Optional.empty();
      }
      int left = canvas.width();
      int right = -1;
      int top = canvas.height();
      int bottom = -1;
      for (int i = 0; i < canvas.pixels(); i++) {
        if (!from.isSameAt(to, i)) {
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

    private static Patch patch(PlanarImage of, int left, int top, int width, int height) {
      Canvas size = new Canvas(width, height);
      PlanarImage content =
          of.eachPlane(
              plane -> {
                float[] values = new float[size.pixels()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = plane.at(left + size.x(i), top + size.y(i));
                }
                return new GrayImage(size, values);
              });
      return new Patch(left, top, content);
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
}
