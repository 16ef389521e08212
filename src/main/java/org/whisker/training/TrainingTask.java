package org.whisker.training;

import java.util.Optional;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;

/**
 * Everything except the photos that determines the result of a training.
 *
 * @param balanced whether an epoch shows as many cats as others (see {@link EpochOrder})
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
        Optional.empty(),
        TorchDevice.cpu());
  }

  /** The same task, but the labels are what the teacher says. */
  public TrainingTask taughtBy(Teacher by) {
    return new TrainingTask(
        network, options, precision, preprocessing, start, balanced, Optional.of(by), device);
  }

  /** A text that identifies the task, the same in every process. */
  String identity() {
    String text = options + " " + network + " " + precision + " " + preprocessing;
    if (start instanceof TrainingStart.Weighted weighted) {
      text += " " + weighted.tuning();
    }
    text += balanced ? " balanced" : "";
    return teacher.isEmpty() ? text : text + " " + taught(teacher.get());
  }

  private static String taught(Teacher by) {
    return "%s at %s %s".formatted(by.how(), by.input(), by.precision());
  }
}
