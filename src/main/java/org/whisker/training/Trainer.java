package org.whisker.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Prefetch;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.torch.TrainableNetwork;
import org.whisker.training.Augmentation.PhotoTreatment;
import org.whisker.training.BatchSource.Validation;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingFolder.Checkpoint;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.training.TrainingTask.TrainingStage;
import org.whisker.training.TrainingTask.TrainingStart;
import org.whisker.value.Checks;
import org.whisker.weights.Weights;

/**
 * The training loop. After every epoch it writes to its folder a checkpoint, and the averaged
 * weights of the best epoch so far (by validation accuracy, then loss) as {@code best.safetensors};
 * a run that finds a checkpoint continues from it and ends with the same weights as an
 * uninterrupted one (on the same kind of processor, with the same number of threads).
 *
 * <p>While layers are frozen (see {@link TrainingTask.FineTuning}), their features of each photo
 * and of its mirror image are computed once and kept beside the checkpoint, in {@code features/};
 * there is then no other augmentation.
 *
 * <p>With a teacher (see {@link Teacher.Distillation}), its logits of an epoch's views are computed
 * before that epoch, unless an earlier one or another process did so, and kept in {@code teacher/}.
 */
public final class Trainer {
  private final TrainingTask task;
  private final Path folder;
  private final InstantSource clock;

  /**
   * Prepares a training from fresh weights.
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

  /** Receives the progress of training. */
  public interface Listener {
    /** After each step: the epoch (from 1), steps done in it, steps in all, the running loss. */
    void onStep(int epoch, int step, int steps, double meanLoss);

    /** After each epoch, before its checkpoint: an epoch that is repeated is told again. */
    void onEpoch(EpochStats stats);

    /**
     * Called before the first epoch, with the number of photos whose frozen features are computed.
     */
    default void onFeatures(int photos, int of) {}

    /**
     * Called before an epoch whose views are new to the teacher, with how many of them it has
     * scored.
     */
    default void onTeacher(int epoch, int views, int of) {}
  }

  /** The result: the best epoch's averaged weights, or the progress before it was stopped. */
  public record Result(boolean finished, int epochs, EpochScore best, Weights weights) {}

  /** The performance of an epoch's averaged weights on validation photos. */
  public record EpochScore(int epoch, double accuracy, double loss) {
    static final EpochScore NONE = new EpochScore(0, -1, Double.POSITIVE_INFINITY);

    boolean betterThan(EpochScore other) {
      return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
    }
  }

  /** The number of steps of an epoch on these photos. */
  public int steps(List<CachedPhoto> training) {
    return new EpochOrder(training, task.balanced()).length() / task.options().batch();
  }

  /**
   * Trains, from the checkpoint in the folder if there is one, until done or stopped.
   *
   * @throws IOException also if it was stopped before the first epoch was done
   */
  public Result train(
      List<CachedPhoto> training,
      List<CachedPhoto> validation,
      Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    FeatureShape in = task.network().input();
    PhotoTreatment treatment = task.options().augmentation().treatment();
    List<CachedPhoto> shown = training.stream().filter(treatment::keeps).toList();
    Canvas size = new Canvas(in.width(), in.height());
    TrainingData data = new TrainingData(shown, validation, size, task.planes());
    TrainingFolder kept = new TrainingFolder(folder, fingerprint(task, data));
    TrainingRun run = new TrainingRun(task, data, kept, clock, listener, stopped);
    for (TrainingStage stage : TrainingStage.of(task)) {
      run.train(stage);
    }
    return run.result();
  }

  /** A hash of everything that a checkpoint must share; the same in every process. */
  private static String fingerprint(TrainingTask task, TrainingData data) {
    return Long.toHexString(SplitMix64.fnv1a(task.identity() + " " + data.digest()));
  }

  /**
   * One call of {@link Trainer#train}: from an existing checkpoint if there is one, stage by stage.
   */
  private static final class TrainingRun {
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
      Checks.refuse(
          steps == 0, "%d training photos do not fill a batch of %d", photos.length, batch);
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

  /**
   * One epoch of training.
   *
   * @param epoch from 1
   * @param trainLoss mean binary cross-entropy over the epoch's batches, on smoothed targets
   * @param validationLoss mean binary cross-entropy on validation photos, on unsmoothed targets
   * @param validationAccuracy share of validation photos classified correctly
   * @param learningRate at the epoch's end
   * @param seconds the seconds that it took
   */
  public record EpochStats(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double learningRate,
      double seconds) {}
}
