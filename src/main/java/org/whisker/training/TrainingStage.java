package org.whisker.training;

import java.util.ArrayList;
import java.util.List;
import org.whisker.torch.TrainingStep;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingStart;

/**
 * Epochs in which the same weights are trained, with their own schedule.
 *
 * @param before number of epochs before it
 * @param frozen whether only the head is trained
 * @param options with the stage's own number of epochs and peak rate
 */
record TrainingStage(int before, boolean frozen, TrainingOptions options) {
  /** A training's stages: one, or the frozen stage and the one in which all layers are trained. */
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
