package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For the experiments that train networks. */
final class RetrainOptions {
  private static final String DATA = "--data";

  @Option(
      names = DATA,
      paramLabel = "DIR",
      description =
          "Photos for the experiments that train networks of their own (retrained-padding,"
              + " training-position, head): a folder with train/, val/ and test/, each with cat/ and"
              + " not_cat/, as for train. Without it all skips them.")
  private @Nullable Path data;

  @Option(
      names = "--train-epochs",
      paramLabel = "N",
      description =
          "Passes over the photos of each such network. Default: as many as the model's card tells,"
              + " else 40. All three experiments train nine networks a model.")
  private @Nullable Integer epochs;

  @Option(
      names = "--train-seed",
      paramLabel = "N",
      description =
          "The seed that such networks are trained from; with another one all are others. Default:"
              + " the model's own, else 1.")
  private @Nullable Long seed;

  OptionalInt epochs() {
    UsageException.refuse(
        epochs != null && epochs < 1, "--train-epochs must be at least 1, was " + epochs);
    return epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs);
  }

  OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  /**
   * The photos, looked through but not decoded; empty when none are given.
   *
   * @throws UsageException when a split is missing, or other options need photos
   */
  Optional<RetrainingPhotos> photos() throws IOException {
    UsageException.refuse(
        data == null && (epochs != null || seed != null),
        (epochs != null ? "--train-epochs" : "--train-seed")
            + " is of networks that are trained; name photos by --data DIR");
    return data == null ? Optional.empty() : Optional.of(RetrainingPhotos.of(data));
  }
}
