package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.feature.train.StartingPoint;
import org.whisker.feature.train.TrainConfig;
import org.whisker.feature.train.TrainConfig.ClassBalance;
import org.whisker.feature.train.TrainingRegime;
import org.whisker.job.ConfigJson;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/**
 * The configuration of a task that trains a network.
 *
 * @param data the folder of photos, under the same path on all nodes
 * @param photos SHA-256 of every photo's split, label, name and content
 * @param fresh the network, where it begins with fresh weights; else
 * @param init the model whose weights it begins with
 * @param regime how it is trained, with its seed
 * @param device such as {@code cpu}
 */
public record TrainTaskJson(
    Path data,
    String photos,
    Optional<StartingPoint.Fresh> fresh,
    Optional<StartingPoint.Pretrained> init,
    TrainingRegime regime,
    ClassBalance balance,
    String device,
    Optional<String> note,
    boolean researchOnly) {
  /**
   * Of a training from labels, whose weights are kept in float32.
   *
   * @param sha256 of the photos
   */
  public static TrainTaskJson of(TrainConfig config, String sha256) {
    StartingPoint start = config.start();
    return new TrainTaskJson(
        config.data().toAbsolutePath().normalize(),
        sha256,
        start instanceof StartingPoint.Fresh fresh ? Optional.of(fresh) : Optional.empty(),
        start instanceof StartingPoint.Pretrained init ? Optional.of(init) : Optional.empty(),
        config.regime(),
        config.balance(),
        config.device().label(),
        config.note(),
        config.researchOnly());
  }

  /**
   * That of a task.
   *
   * @param file that the task is from, for the message
   */
  public static TrainTaskJson of(SweepTask task, Path file) throws IOException {
    return ConfigJson.read(task.configuration(), TrainTaskJson.class, file);
  }

  /**
   * The training.
   *
   * @param init where the model lies whose weights it begins with, if it does
   * @param out the folder of the network
   */
  public TrainConfig config(Optional<Path> init, Path out) {
    return new TrainConfig(
        data,
        out,
        false,
        start(init),
        regime,
        Optional.empty(),
        balance,
        TorchDevice.parse(device),
        note,
        researchOnly,
        new Storage(DType.F32, List.of()));
  }

  private StartingPoint start(Optional<Path> at) {
    if (init.isEmpty()) {
      return fresh.orElseThrow();
    }
    StartingPoint.Pretrained from = init.get();
    return new StartingPoint.Pretrained(
        at.orElseThrow().toString(),
        from.size(),
        from.padding(),
        from.dropout(),
        from.frozenEpochs(),
        from.releaseRate());
  }
}
