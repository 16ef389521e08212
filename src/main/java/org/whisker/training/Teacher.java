package org.whisker.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.torch.Precision;

/**
 * A model that teaches another.
 *
 * @param how the student learns from it
 * @param input the size of the pictures that it takes; the shape must be that of the student's
 * @param precision in which it is run
 * @param features the number of its features that are taught; 0: its logits alone
 * @param cache the folder of its outputs; empty: beside the checkpoints
 * @param opening opens it; called when outputs are missing
 */
public record Teacher(
    Distillation how,
    Canvas input,
    Precision precision,
    int features,
    Optional<Path> cache,
    Opening opening) {
  /** Only features that are taught are counted. */
  public Teacher {
    if (features < 0 || (features > 0) != how.ofFeatures()) {
      throw new IllegalArgumentException(
          "%d features at a weight of %s".formatted(features, how.featureWeight()));
    }
  }

  /** Loads the model when it is first needed. */
  @FunctionalInterface
  public interface Opening {
    /** The loaded model, which the caller closes. */
    TeacherOutputs open() throws IOException;
  }

  /** The numbers that it gives for a picture: the logit, then the features. */
  int outputs() {
    return 1 + features;
  }

  /** Whether pictures of this size have the teacher's shape. */
  public boolean seesAll(Canvas student) {
    return (long) input.width() * student.height() == (long) input.height() * student.width();
  }
}
