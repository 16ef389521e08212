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

  /** Where a teacher's outputs lie, unless somewhere else is named. */
  Path teacher() {
    return folder.resolve(TeacherRounds.FOLDER);
  }

  private Path bestFile() {
    return folder.resolve("best.safetensors");
  }
}
