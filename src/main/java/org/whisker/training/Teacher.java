package org.whisker.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.torch.Precision;

/**
 * A model that teaches another.
 *
 * @param how the student learns from it
 * @param input the size of the pictures that it takes; the shape must be that of the student's
 * @param precision in which it is run
 * @param cache the folder of its logits; empty: beside the checkpoints
 * @param opening opens it; called when logits are missing
 */
public record Teacher(
    Distillation how, Canvas input, Precision precision, Optional<Path> cache, Opening opening) {
  /** Loads the model. */
  @FunctionalInterface
  public interface Opening {
    Classifier open() throws IOException;
  }

  /** Whether pictures of this size have the teacher's shape. */
  public boolean seesAll(Canvas student) {
    return (long) input.width() * student.height() == (long) input.height() * student.width();
  }
}
