package org.whisker.cli.train;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ModelNames;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.StartingPoint;
import picocli.CommandLine.Option;

/** Whose weights to begin with, and how to train them on. */
final class InitOptions {

  @Option(
      names = "--init",
      completionCandidates = ModelNames.class,
      paramLabel = "MODEL",
      description = {
        "Fine-tune this model (a name in models/, or a path) instead of --arch: its last linear"
            + " layer is replaced by one new logit.",
      })
  private @Nullable String init;

  @Option(
      names = "--frozen-epochs",
      paramLabel = "N",
      description = {
        "With --init: epochs that train the new layer alone, on features that the other layers"
            + " compute once for each photo and its mirror image. Default: 5, at most --epochs."
      })
  private @Nullable Integer frozenEpochs;

  @Option(
      names = "--release-rate",
      paramLabel = "R",
      description =
          "With --init: the learning rate of all layers after that. Default: --learning-rate /"
              + " 100.")
  private @Nullable Double releaseRate;

  /**
   * What the training begins with: a model, or else fresh weights.
   *
   * @param network which network, or what is to differ from that of the model
   * @throws InvalidRequestException for options that exclude each other
   */
  StartingPoint start(ArchitectureOptions network) {
    String model = init;
    InvalidRequestException.refuse(
        model == null && (frozenEpochs != null || releaseRate != null),
        "--frozen-epochs and --release-rate go with --init MODEL; name one, or leave them out");
    return model == null
        ? network.fresh()
        : network.pretrained(
            model,
            frozenEpochs == null ? OptionalInt.empty() : OptionalInt.of(frozenEpochs),
            releaseRate == null ? OptionalDouble.empty() : OptionalDouble.of(releaseRate));
  }
}
