package org.whisker.training;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Prefetch;
import org.whisker.random.SplitMix64;
import org.whisker.torch.TrainableNetwork;
import org.whisker.training.BatchSource.Validation;
import org.whisker.weights.Weights;

/**
 * One call of {@link Trainer#train}: from an existing checkpoint if there is one, stage by stage.
 */
final class TrainingRun {
  private final TrainingTask task;
  private final TrainingData data;
  private final TrainingFolder kept;
  private final InstantSource clock;
  private final Trainer.Listener listener;
  private final BooleanSupplier stopped;
  private final EpochOrder order;
  private int done;
  private Trainer.EpochScore best;

  TrainingRun(
      TrainingTask task,
      TrainingData data,
      TrainingFolder kept,
      InstantSource clock,
      Trainer.Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    this.task = task;
    this.clock = clock;
    this.data = data;
    this.kept = kept;
    this.listener = listener;
    this.stopped = stopped;
    this.order = new EpochOrder(data.training(), task.balanced());
    Optional<Checkpoint> checkpoint = kept.checkpoint();
    this.done = checkpoint.map(Checkpoint::epoch).orElse(0);
    this.best = checkpoint.map(Checkpoint::best).orElse(Trainer.EpochScore.NONE);
  }

  void train(TrainingStage stage) throws IOException {
    if (done >= stage.last() || stopped.getAsBoolean()) {
      return;
    }
    Optional<StageRun> opened = StageRun.open(stage, task, data, kept, listener, stopped);
    if (opened.isPresent()) {
      try (StageRun run = opened.get()) {
        while (done < stage.last() && !stopped.getAsBoolean()) {
          epoch(run);
        }
      }
    }
  }

  Trainer.Result result() throws IOException {
    Weights trained = kept.best();
    Weights whole =
        task.start() instanceof TrainingStart.Weighted start
            ? trained.over(start.weights())
            : trained;
    return new Trainer.Result(done >= task.options().epochs(), done, best, whole);
  }

  private void epoch(StageRun run) throws IOException {
    int epoch = done + 1;
    int photos = data.training().size();
    if (!run.source().prepare(epoch, n -> listener.onTeacher(epoch, n, photos), stopped)) {
      return;
    }
    long begun = clock.millis();
    TrainableNetwork.seed(SplitMix64.stream(task.options().seed(), "dropout", epoch).nextLong());
    double loss = steps(run, epoch);
    if (stopped.getAsBoolean()) {
      return;
    }
    Validation score = Validation.of(run.net(), run.source(), task.options().batch());
    Trainer.EpochScore present = new Trainer.EpochScore(epoch, score.accuracy(), score.loss());
    if (present.betterThan(best)) {
      best = present;
      kept.keepBest(run.model());
    }
    double seconds = (clock.millis() - begun) / 1000.0;
    double rate = run.stage().rateAt(epoch);
    // before the checkpoint: what ends in between is done again, and told again
    listener.onEpoch(new EpochStats(epoch, loss, score.loss(), score.accuracy(), rate, seconds));
    kept.keep(epoch, run.net().state(), best);
    done = epoch;
  }

  private double steps(StageRun run, int epoch) {
    int batch = task.options().batch();
    int[] photos = order.of(task.options().seed(), epoch);
    int steps = photos.length / batch;
    if (steps == 0) {
      throw new IllegalArgumentException(
          "%d training photos do not fill a batch of %d".formatted(photos.length, batch));
    }
    double[] sum = new double[1];
    Prefetch.whileWanted(
        new EpochBatches(run.source(), epoch, photos, batch),
        ready -> {
          if (stopped.getAsBoolean()) {
            return false;
          }
          int step = ready.step();
          PhotoBatches.Batch some = ready.batch();
          sum[0] +=
              run.net()
                  .step(
                      some.size(),
                      some.images(),
                      some.targets(),
                      run.stage().stepAt(epoch, step, steps))
                  .loss();
          listener.onStep(epoch, step + 1, steps, sum[0] / (step + 1));
          return true;
        });
    return sum[0] / steps;
  }

  /** The full batches of an epoch, each made when it is asked for. */
  private static final class EpochBatches implements Iterator<EpochBatches.Ready> {
    private final BatchSource source;
    private final int epoch;
    private final int[] photos;
    private final int batch;
    private int step;

    /**
     * A batch that is made.
     *
     * @param step its number in the epoch, from 0
     */
    record Ready(int step, PhotoBatches.Batch batch) {}

    /**
     * Photos that do not fill a last batch are left out.
     *
     * @param photos their numbers, in the order of this epoch
     */
    EpochBatches(BatchSource source, int epoch, int[] photos, int batch) {
      this.source = source;
      this.epoch = epoch;
      this.photos = photos.clone();
      this.batch = batch;
    }

    @Override
    public boolean hasNext() {
      return step < photos.length / batch;
    }

    @Override
    public Ready next() {
      if (!hasNext()) {
        throw new NoSuchElementException("an epoch of " + step + " batches");
      }
      int[] some = Arrays.copyOfRange(photos, step * batch, (step + 1) * batch);
      try {
        return new Ready(step, source.training(epoch, step++, some));
      } catch (RuntimeException e) {
        throw new IllegalStateException("preparing a batch failed: " + e, e);
      }
    }
  }
}
