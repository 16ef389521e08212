package org.whisker.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

/** The files of a training: the last epoch's state, and the best epoch's averaged weights. */
record TrainingFolder(Path folder, String fingerprint) {
  /** The last epoch's state; empty before the first is done. */
  Optional<Checkpoint> checkpoint() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    return Files.exists(file) ? Optional.of(Checkpoint.read(file, fingerprint)) : Optional.empty();
  }

  void keep(int epoch, Weights state, Trainer.EpochScore best) throws IOException {
    new Checkpoint(epoch, state, best, fingerprint).write(folder.resolve("checkpoint.safetensors"));
  }

  void keepBest(Weights averaged) throws IOException {
    Safetensors.write(bestFile(), averaged, Map.of(), DType.F32);
  }

  /** The best epoch's weights; only those of the head if that epoch was in the frozen stage. */
  Weights best() throws IOException {
    return Safetensors.open(bestFile());
  }

  Path features() {
    return folder.resolve(FeatureFiles.FOLDER);
  }

  /** The folder of a teacher's outputs, unless another is named. */
  Path teacher() {
    return folder.resolve(TeacherRounds.FOLDER);
  }

  private Path bestFile() {
    return folder.resolve("best.safetensors");
  }

  /**
   * The state of training after an epoch, sufficient to continue as if it had never stopped.
   *
   * @param epoch epochs done
   * @param state the network's state, see {@code TrainableNetwork.state}
   * @param best the best epoch so far
   * @param fingerprint the fingerprint of the options and the network: a checkpoint of another
   *     training is rejected
   */
  record Checkpoint(int epoch, Weights state, Trainer.EpochScore best, String fingerprint) {
    void write(Path file) throws IOException {
      Map<String, String> metadata =
          Map.of(
              "epoch", Integer.toString(epoch),
              "best_epoch", Integer.toString(best.epoch()),
              "best_accuracy", Double.toString(best.accuracy()),
              "best_loss", Double.toString(best.loss()),
              "fingerprint", fingerprint);
      Safetensors.write(file, state, metadata, DType.F32);
    }

    /** Reads a checkpoint; fails if it belongs to another training. */
    static Checkpoint read(Path file, String fingerprint) throws IOException {
      Safetensors tensors = Safetensors.open(file);
      if (!fingerprint.equals(tensors.metadata().get("fingerprint"))) {
        throw new IOException(
            file + " is of a training with other options; name another --out or delete it");
      }
      try {
        int epoch = Integer.parseInt(entry(tensors, file, "epoch"));
        return new Checkpoint(epoch, tensors, bestOf(tensors, file), fingerprint);
      } catch (NumberFormatException e) {
        throw new IOException(file + " is damaged; delete it and train again", e);
      }
    }

    private static Trainer.EpochScore bestOf(Safetensors tensors, Path file) throws IOException {
      return new Trainer.EpochScore(
          Integer.parseInt(entry(tensors, file, "best_epoch")),
          Double.parseDouble(entry(tensors, file, "best_accuracy")),
          Double.parseDouble(entry(tensors, file, "best_loss")));
    }

    private static String entry(Safetensors tensors, Path file, String key) throws IOException {
      String value = tensors.metadata().get(key);
      if (value == null) {
        throw new IOException(file + " does not say its " + key + "; delete it and train again");
      }
      return value;
    }
  }
}
