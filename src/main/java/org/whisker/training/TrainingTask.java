package org.whisker.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;
import org.whisker.option.Records;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TrainingStep;
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
    return Records.with(this, "teacher", Optional.of(by));
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
   */
  public record FineTuning(String model, String sha256, int frozenEpochs, double releaseRate) {
    public FineTuning {
      if (frozenEpochs < 0) {
        throw new IllegalArgumentException("frozen epochs must not be negative: " + frozenEpochs);
      }
      if (!(releaseRate > 0 && releaseRate < 1)) {
        throw new IllegalArgumentException("release rate must be in (0, 1), was " + releaseRate);
      }
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
}
