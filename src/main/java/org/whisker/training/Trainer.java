package org.whisker.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.weights.Weights;

/**
 * The training loop. After every epoch it writes to its folder a checkpoint, and the averaged
 * weights of the best epoch so far (by validation accuracy, then loss) as {@code best.safetensors};
 * a run that finds a checkpoint continues from it and ends with the same weights as an
 * uninterrupted one (on the same kind of processor, with the same number of threads).
 *
 * <p>While layers are frozen (see {@link FineTuning}), their features of each photo and of its
 * mirror image are computed once and kept beside the checkpoint, in {@code features/}; there is
 * then no other augmentation.
 *
 * <p>With a teacher (see {@link Distillation}), its logits of an epoch's views are computed before
 * that epoch, unless an earlier one or another process did so, and kept in {@code teacher/}.
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

    /** Before the first epoch: the number of photos whose frozen features are computed. */
    default void onFeatures(int photos, int of) {}

    /** Before an epoch whose views are new to the teacher: how many of them it has scored. */
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
    TrainingData data = new TrainingData(training, validation, new Canvas(in.width(), in.height()));
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
}
