package org.whisker.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ModelNames;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.TeachingConfig;
import picocli.CommandLine.Option;

/** Which model teaches the one that is trained, and how. */
final class TeacherOptions {
  @Option(
      names = "--teacher",
      completionCandidates = ModelNames.class,
      paramLabel = "MODEL",
      description = {
        "Train on what this model (a name in models/, or a path) says of the same pictures, at its"
            + " own size, instead of on labels (knowledge distillation). It scores each picture"
            + " once."
      })
  private @Nullable String teacher;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "With --teacher: both logits are divided by T. Default: 2.")
  private @Nullable Double temperature;

  @Option(
      names = "--mixup",
      paramLabel = "P",
      description = {
        "With --teacher: share of the pictures that are a random mixture of two photos."
            + " Default: 0.5."
      })
  private @Nullable Double mixup;

  @Option(
      names = "--views",
      paramLabel = "N",
      description = {
        "With --teacher: how many different pictures of each photo there are; they come again after"
            + " N epochs. Default: 30."
      })
  private @Nullable Integer views;

  @Option(
      names = "--feature-weight",
      paramLabel = "W",
      description = {
        "With --teacher: the student also learns to predict the teacher's features (what its last"
            + " layer reads), by a second loss of this weight: the share of their variance that is"
            + " not predicted. Default: 0, logits alone."
      })
  private @Nullable Double featureWeight;

  @Option(
      names = "--teacher-cache",
      paramLabel = "DIR",
      description = {
        "With --teacher: where its outputs are kept, for trainings that draw the same pictures (same"
            + " photos, size, augmentation, mixup, seed and precision). Default: with the"
            + " checkpoints."
      })
  private @Nullable Path cache;

  /**
   * The teacher, if there is one.
   *
   * @throws InvalidRequestException for options that need one
   */
  Optional<TeachingConfig> teaching() {
    String model = teacher;
    InvalidRequestException.refuse(
        model == null && (anyNumber() || cache != null),
        "--temperature, --mixup, --views, --feature-weight and --teacher-cache go with --teacher"
            + " MODEL; name one, or leave them out");
    return model == null
        ? Optional.empty()
        : Optional.of(
            new TeachingConfig(
                model,
                temperature == null ? TeachingConfig.TEMPERATURE : temperature,
                mixup == null ? TeachingConfig.MIXUP : mixup,
                views == null ? TeachingConfig.VIEWS : views,
                featureWeight == null ? 0 : featureWeight,
                Optional.ofNullable(cache)));
  }

  private boolean anyNumber() {
    return temperature != null || mixup != null || views != null || featureWeight != null;
  }
}
