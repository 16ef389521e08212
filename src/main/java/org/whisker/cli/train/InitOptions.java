package org.whisker.cli.train;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.ModelOption;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.WhiskerHome;
import org.whisker.study.train.TrainingOrigin;
import org.whisker.study.train.TrainingRecipe;
import org.whisker.training.FineTuning;
import org.whisker.training.TrainingOptions;
import org.whisker.training.Transplant;
import picocli.CommandLine.Option;

/** Whose weights to begin with, and how to train them on. */
final class InitOptions {

  private static final int FROZEN_EPOCHS = 5;
  private static final double RELEASED = 0.01;

  @Option(
      names = "--init",
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

  /** The model's name or path. */
  Optional<String> model() {
    InvalidRequestException.refuse(
        init == null && (frozenEpochs != null || releaseRate != null),
        "--frozen-epochs and --release-rate go with --init MODEL; name one, or leave them out");
    return Optional.ofNullable(init);
  }

  /**
   * What the training begins with.
   *
   * @throws InvalidRequestException for a TorchScript module, an option that the model decides, and
   *     what {@link ModelOption} refuses
   */
  TrainingOrigin origin(WhiskerHome home, ArchitectureOptions changed, RegimeOptions regime)
      throws IOException {
    StoredModel model = Models.open(new ModelStore(home.models()), model().orElseThrow());
    ModelCard card = model.card();
    Architecture architecture = card.architecture();
    if (architecture == null) {
      throw new InvalidRequestException(
          "--init "
              + card.name()
              + " is a TorchScript module, whose layers are not known; import its weights with"
              + " models import --arch");
    }
    Transplant.Changes changes = changed.changes(card);
    TrainingOptions options = regime.options(architecture.kind());
    FineTuning tuning = tuning(card, options);
    try {
      Transplant ready = Transplant.of(model, changes, options.seed());
      return new TrainingOrigin(
          new TrainingRecipe(
                  ready.architecture(),
                  ready.input(),
                  changes.padding(),
                  options,
                  regime.precision())
              .tuned(tuning),
          Optional.of(ready.preprocessing()),
          Optional.of(ready.weights()),
          card.training() != null && card.training().researchOnly());
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("--init " + card.name() + ": " + e.getMessage());
    }
  }

  private FineTuning tuning(ModelCard card, TrainingOptions options) {
    return InvalidRequestException.check(
        () ->
            new FineTuning(
                card.name(),
                card.weights().sha256(),
                frozenEpochs == null ? Math.min(FROZEN_EPOCHS, options.epochs()) : frozenEpochs,
                releaseRate == null ? RELEASED * options.learningRate() : releaseRate));
  }
}
