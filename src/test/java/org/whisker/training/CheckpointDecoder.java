package org.whisker.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.whisker.training.TrainingFolder.Checkpoint;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Safetensors;

/** Checkpoints of trainings, for fuzzers. */
public final class CheckpointDecoder {
  private static final String FINGERPRINT = "photos and options";

  private CheckpointDecoder() {}

  public static void read(Path file) throws IOException {
    Checkpoint.read(file, FINGERPRINT);
  }

  /** Writes a well-formed checkpoint, from which mutations start. */
  public static void write(Path file, FormulaWeights state) throws IOException {
    new Checkpoint(3, state, new Trainer.EpochScore(2, 0.75, 0.5), FINGERPRINT).write(file);
  }

  /** Writes a checkpoint whose header holds this text as its epoch. */
  public static void write(Path file, FormulaWeights state, String epoch) throws IOException {
    Map<String, String> words = Map.of("epoch", epoch, "fingerprint", FINGERPRINT);
    Safetensors.write(file, state, words, DType.F32);
  }
}
