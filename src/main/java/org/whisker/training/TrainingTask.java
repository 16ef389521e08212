package org.whisker.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.FreshHead;
import org.whisker.network.Network;
import org.whisker.option.Entry;
import org.whisker.option.Records;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TrainableNetwork.TrainingStep;
import org.whisker.value.Checks;
import org.whisker.weights.Weights;

/**
 * Everything except the photos that determines the result of a training.
 *
 * @param balanced whether an epoch shows as many cats as others (see {@link EpochOrder})
 * @param planes in which photos are shown: 1 for their gray, 3 for their colours
 * @param teacher whose logits are the targets; empty: the labels are
 * @param device to train on; a checkpoint may be continued on another
 */
public record TrainingTask(
    Network network,
    TrainingOptions options,
    Precision precision,
    Preprocessing preprocessing,
    TrainingStart start,
    boolean balanced,
    int planes,
    Optional<Teacher> teacher,
    TorchDevice device) {
  /** Fresh weights, photos as they are, on the CPU. */
  public static TrainingTask of(
      Network network, TrainingOptions options, Precision precision, Preprocessing preprocessing) {
    return new TrainingTask(
        network,
        options,
        precision,
        preprocessing,
        new TrainingStart.Fresh(),
        false,
        1,
        Optional.empty(),
        TorchDevice.cpu());
  }

  /** Returns the same task with the teacher's answers as labels. */
  public TrainingTask taughtBy(Teacher by) {
    return Records.changed(this, TrainingTask::teacher).to(Optional.of(by));
  }

  /** A text that identifies the task, the same in every process. */
  String identity() {
    String text = options + " " + network + " " + precision + " " + preprocessing;
    if (start instanceof TrainingStart.Weighted weighted) {
      text += " " + weighted.tuning();
    }
    text += balanced ? " balanced" : "";
    text += planes > 1 ? " in colours" : "";
    return teacher.isEmpty() ? text : text + " " + taught(teacher.get());
  }

  private static String taught(Teacher by) {
    return "%s at %s %s".formatted(by.how(), by.input(), by.precision());
  }

  /** The weights with which training begins. */
  public sealed interface TrainingStart {
    /** Weights drawn from the regime's seed. */
    record Fresh() implements TrainingStart {}

    /**
     * Weights of another model, under the names and shapes of the network to train.
     *
     * @param tuning how they are fine-tuned
     */
    record Weighted(Weights weights, FineTuning tuning) implements TrainingStart {}
  }

  /**
   * The fine-tuning of a network that starts from another model's weights and a new head. First
   * only the head is trained, at the regime's learning rate, while all other layers are frozen;
   * then every layer, at a lower rate. Each part has its own warm-up (at most a quarter of it) and
   * its own decay of the rate.
   *
   * @param model the name of the model
   * @param sha256 the SHA-256 of its weights file
   * @param frozenEpochs number of epochs that train only the head; all epochs if at least their
   *     number
   * @param releaseRate AdamW's peak learning rate once all layers are trained
   * @param head in place of the model's; empty: one new logit behind its own layers, where it ends
   *     in a linear one
   */
  public record FineTuning(
      String model, String sha256, int frozenEpochs, double releaseRate, Optional<FreshHead> head) {
    public FineTuning {
      Checks.refuse(frozenEpochs < 0, "frozen epochs must not be negative: %s", frozenEpochs);
      Checks.require(
          releaseRate > 0 && releaseRate < 1,
          "release rate must be in (0, 1), was %s",
          releaseRate);
    }
  }

  /**
   * Epochs in which the same weights are trained, with their own schedule.
   *
   * @param before number of epochs before it
   * @param frozen whether only the head is trained
   * @param options with the stage's own number of epochs and peak rate
   */
  record TrainingStage(int before, boolean frozen, TrainingOptions options) {
    /**
     * A training's stages: one, or the frozen stage and the one in which all layers are trained.
     */
    static List<TrainingStage> of(TrainingTask task) {
      TrainingOptions all = task.options();
      if (!(task.start() instanceof TrainingStart.Weighted weighted)) {
        return List.of(new TrainingStage(0, false, all));
      }
      FineTuning tuning = weighted.tuning();
      int frozen = Math.min(tuning.frozenEpochs(), all.epochs());
      int released = all.epochs() - frozen;
      List<TrainingStage> stages = new ArrayList<>();
      if (frozen > 0) {
        stages.add(new TrainingStage(0, true, all.part(frozen, all.learningRate())));
      }
      if (released > 0) {
        stages.add(new TrainingStage(frozen, false, all.part(released, tuning.releaseRate())));
      }
      return stages;
    }

    /** The number of epochs done when it ends. */
    int last() {
      return before + options.epochs();
    }

    /**
     * The learning rate at a time: the epochs done over all stages, including the fraction of the
     * current one.
     */
    double rateAt(double epoch) {
      return options.rateAt(epoch - before);
    }

    /**
     * The numbers of a step.
     *
     * @param epoch from 1, counted over all stages
     * @param step from 0
     */
    TrainingStep stepAt(int epoch, int step, int steps) {
      int number = Math.addExact(Math.multiplyExact(epoch - before - 1, steps), step + 1);
      double rate = rateAt(epoch - 1 + (step + 1.0) / steps);
      // early on, the average follows the weights closely; otherwise it would retain the initial
      // weights
      double averaging = Math.max(options.averaging(), 10.0 / (10.0 + number));
      return new TrainingStep(number, rate, options.weightDecay(), options.clip(), averaging);
    }
  }

  /**
   * How a classifier is trained.
   *
   * @param epochs passes over the training photos
   * @param batch photos per step
   * @param learningRate AdamW's peak learning rate
   * @param weightDecay decoupled weight decay
   * @param warmupEpochs epochs over which the rate rises to its peak; then it follows a cosine
   *     decay
   * @param labelSmoothing shift of the targets towards one half: with 0.1 they are 0.05 and 0.95
   * @param clip largest L2 norm of a step's gradient
   * @param averaging weight of the current weights in their running average at each step
   * @param augmentation the augmentation of training photos
   * @param seed the seed of initial weights, order, augmentation and dropout
   */
  public record TrainingOptions(
      int epochs,
      int batch,
      @Entry("learning-rate") double learningRate,
      @Entry("weight-decay") double weightDecay,
      @Entry("warmup") double warmupEpochs,
      @Entry("label-smoothing") double labelSmoothing,
      double clip,
      double averaging,
      Augmentation augmentation,
      long seed) {
    public TrainingOptions {
      require(epochs >= 1, "epochs must be at least 1", epochs);
      require(batch >= 2, "batch must be at least 2 (batch norm needs two photos)", batch);
      require(
          learningRate > 0 && learningRate < 1, "learning rate must be in (0, 1)", learningRate);
      require(weightDecay >= 0 && weightDecay <= 1, "weight decay must be in [0, 1]", weightDecay);
      require(warmupEpochs >= 0 && warmupEpochs <= epochs, "warm-up must fit in", warmupEpochs);
      require(
          labelSmoothing >= 0 && labelSmoothing < 1,
          "label smoothing must be at least 0 and below 1",
          labelSmoothing);
      require(clip > 0, "clip must be above 0", clip);
      require(averaging > 0 && averaging <= 1, "averaging must be in (0, 1]", averaging);
    }

    private static void require(boolean holds, String rule, Number value) {
      Checks.require(holds, "%s, was %s", rule, value);
    }

    /** The options of the mini classifiers, except for the number of epochs. */
    public static TrainingOptions defaults(int epochs, long seed) {
      double warmup = Math.min(2, epochs / 4.0);
      return new TrainingOptions(
          epochs, 64, 2e-3, 0.05, warmup, 0.1, 2, 0.005, Augmentation.standard(), seed);
    }

    /** Returns a copy with another number of epochs; the warm-up is at most a quarter of them. */
    public TrainingOptions lasting(int newEpochs) {
      return part(newEpochs, learningRate);
    }

    public TrainingOptions withSeed(long other) {
      return Records.changed(this, TrainingOptions::seed).to(other);
    }

    /** A copy with labels moved towards ½ by another amount. */
    public TrainingOptions withLabelSmoothing(double other) {
      return Records.changed(this, TrainingOptions::labelSmoothing).to(other);
    }

    public TrainingOptions withAugmentation(Augmentation other) {
      return Records.changed(this, TrainingOptions::augmentation).to(other);
    }

    /**
     * Returns the options of one part of the training, with its own peak rate and a warm-up of at
     * most a quarter of it.
     */
    TrainingOptions part(int partEpochs, double peak) {
      double warmup = Math.min(warmupEpochs, partEpochs / 4.0);
      TrainingOptions shorter = Records.changed(this, TrainingOptions::warmupEpochs).to(warmup);
      return Records.changed(shorter, TrainingOptions::epochs, TrainingOptions::learningRate)
          .to(partEpochs, peak);
    }

    /**
     * The learning rate at a time in training.
     *
     * @param epoch number of epochs done, including the fraction of the current one
     */
    public double rateAt(double epoch) {
      if (epoch < warmupEpochs) {
        return learningRate * Math.max(epoch, 1e-3) / warmupEpochs;
      }
      double done = (epoch - warmupEpochs) / Math.max(1e-9, epochs - warmupEpochs);
      return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done))));
    }
  }
}
