package org.whisker.feature.play;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.job.input.Pictures;
import org.whisker.position.ChanceBand;

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

  private record Blank(ModelChoice model, float background) {}

  private record Placing(Canvas canvas, int pixels) {}

  /**
   * With these models.
   *
   * @param nanoTime for how long a score took
   */
  public ScoreDesk(PlayModels models, LongSupplier nanoTime) {
    this(models, nanoTime, LiveScorer.SLOW_NANOS);
  }

  /** As above; a full pass that takes as long as {@code slow} nanoseconds is avoided. */
  ScoreDesk(PlayModels models, LongSupplier nanoTime, long slow) {
    this.nanoTime = nanoTime;
    this.models =
        new OpenClassifiers<>(OPEN, choice -> new LiveScorer(models.open(choice), nanoTime, slow));
  }

  /**
   * Scores a picture.
   *
   * @return fails with an {@link OutdatedException} when a newer picture took its place
   */
  public CompletableFuture<Scores> submit(PlayState request) {
    return queue.submit(() -> score(request));
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
    GrayImage picture =
        GrayImage.of(Pictures.fitted(request.picture(), scorer.classifier().canvas()));
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

  /** The logit of the empty canvas; a few grays of a few models are all that is ever kept. */
  private double blank(LiveScorer scorer, Blank blank) {
    if (blanks.size() > 64) {
      blanks.clear();
    }
    return blanks.computeIfAbsent(
        blank,
        b ->
            scorer.classifier()
                .logits(List.of(GrayImage.filled(scorer.classifier().canvas(), b.background())))[
                0]);
  }

  /** Drawn anew it would take longer than a score. */
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
}
