package org.whisker.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.torch.TrainableNetwork;
import org.whisker.weights.Weights;

/**
 * The training loop. After every epoch it leaves a checkpoint in its folder, and the averaged
 * weights of the best epoch so far (by validation accuracy, then loss) as {@code best.safetensors};
 * a run that finds a checkpoint goes on from it and ends with the same weights as one that was
 * never stopped (on the same kind of processor, with the same number of threads).
 *
 * <p>While layers are frozen (see {@link FineTuning}), what they give for each photo and for its
 * mirror image is computed once and kept beside the checkpoint, in {@code features/}; photos are
 * then not varied otherwise.
 */
public final class Trainer {
  private final TrainingTask task;
  private final Path folder;
  private final InstantSource clock;

  /**
   * Prepares to train fresh weights.
   *
   * @param folder where checkpoints go; made when missing
   */
  public Trainer(
      Network network,
      TrainingOptions options,
      Precision precision,
      Preprocessing preprocessing,
      Path folder,
      InstantSource clock) {
    this(TrainingTask.of(network, options, precision, preprocessing), folder, clock);
  }

  /**
   * Prepares to train.
   *
   * @param folder where checkpoints go; made when missing
   */
  public Trainer(TrainingTask task, Path folder, InstantSource clock) {
    this.task = task;
    this.folder = folder;
    this.clock = clock;
  }

  /** Told how training goes. */
  public interface Listener {
    /** After each step: the epoch (from 1), steps done in it, steps in all, the running loss. */
    void onStep(int epoch, int step, int steps, double meanLoss);

    void onEpoch(EpochStats stats);

    /** Before the first epoch: for how many photos the frozen layers' features are there. */
    default void onFeatures(int photos, int of) {}
  }

  /** What came out: the best epoch's averaged weights, or how far it came before it was stopped. */
  public record Result(boolean finished, int epochs, EpochScore best, Weights weights) {}

  /** How good an epoch's averaged weights were on validation photos. */
  public record EpochScore(int epoch, double accuracy, double loss) {
    private static final EpochScore NONE = new EpochScore(0, -1, Double.POSITIVE_INFINITY);

    boolean betterThan(EpochScore other) {
      return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
    }
  }

  /** How many steps an epoch on these photos has. */
  public int steps(List<CachedPhoto> training) {
    return new EpochOrder(training, task.balanced()).length() / task.options().batch();
  }

  /**
   * Trains, from the checkpoint in the folder if there is one, until done or stopped.
   *
   * @throws IOException also when it was stopped before the first epoch was done
   */
  public Result train(
      List<CachedPhoto> training,
      List<CachedPhoto> validation,
      Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    FeatureShape in = task.network().input();
    TrainingData data = new TrainingData(training, validation, new Canvas(in.width(), in.height()));
    TrainingFolder kept = new TrainingFolder(folder, fingerprint(data));
    Run run = new Run(data, kept, listener, stopped);
    for (TrainingStage stage : TrainingStage.of(task)) {
      run.train(stage);
    }
    return run.result();
  }

  /** Of what a checkpoint must share: the same in every process. */
  private String fingerprint(TrainingData data) {
    return Long.toHexString(SplitMix64.fnv1a(task.identity() + " " + data.digest()));
  }

  /** One call of {@link #train}. */
  private final class Run {
    private final TrainingData data;
    private final TrainingFolder kept;
    private final Listener listener;
    private final BooleanSupplier stopped;
    private final EpochOrder order;
    private int done;
    private EpochScore best;

    Run(TrainingData data, TrainingFolder kept, Listener listener, BooleanSupplier stopped)
        throws IOException {
      this.data = data;
      this.kept = kept;
      this.listener = listener;
      this.stopped = stopped;
      this.order = new EpochOrder(data.training(), task.balanced());
      Optional<Checkpoint> checkpoint = kept.checkpoint();
      this.done = checkpoint.map(Checkpoint::epoch).orElse(0);
      this.best = checkpoint.map(Checkpoint::best).orElse(EpochScore.NONE);
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

    Result result() throws IOException {
      Weights trained = kept.best();
      Weights whole =
          task.start() instanceof TrainingStart.Weighted start
              ? trained.over(start.weights())
              : trained;
      return new Result(done >= task.options().epochs(), done, best, whole);
    }

    private void epoch(StageRun run) throws IOException {
      int epoch = done + 1;
      long begun = clock.millis();
      TrainableNetwork.seed(SplitMix64.stream(task.options().seed(), "dropout", epoch).nextLong());
      double loss = steps(run, epoch);
      if (stopped.getAsBoolean()) {
        return;
      }
      Validation score = Validation.of(run.net(), run.source(), task.options().batch());
      EpochScore present = new EpochScore(epoch, score.accuracy(), score.loss());
      if (present.betterThan(best)) {
        best = present;
        kept.keepBest(run.net().averagedWeights());
      }
      kept.keep(epoch, run.net().state(), best);
      done = epoch;
      double seconds = (clock.millis() - begun) / 1000.0;
      double rate = run.stage().rateAt(epoch);
      listener.onEpoch(new EpochStats(epoch, loss, score.loss(), score.accuracy(), rate, seconds));
    }

    private double steps(StageRun run, int epoch) {
      int batch = task.options().batch();
      int[] photos = order.of(task.options().seed(), epoch);
      int steps = photos.length / batch;
      if (steps == 0) {
        throw new IllegalArgumentException(
            "%d training photos do not fill a batch of %d".formatted(photos.length, batch));
      }
      double sum = 0;
      try (Prefetcher<PhotoBatches.Batch> ahead =
          new Prefetcher<>(
              steps,
              step ->
                  run.source()
                      .training(
                          epoch,
                          step,
                          Arrays.copyOfRange(photos, step * batch, (step + 1) * batch)))) {
        for (int step = 0; step < steps && !stopped.getAsBoolean(); step++) {
          PhotoBatches.Batch some = ahead.next();
          sum +=
              run.net()
                  .step(some.images(), some.targetArray(), run.stage().stepAt(epoch, step, steps))
                  .loss();
          listener.onStep(epoch, step + 1, steps, sum / (step + 1));
        }
      }
      return sum / steps;
    }
  }
}
