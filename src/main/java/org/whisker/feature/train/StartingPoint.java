package org.whisker.feature.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.image.PlanarImage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;
import org.whisker.network.FreshHead;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.training.Transplant;

/** What a training begins with; in JSON, its components tell which of the two it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(StartingPoint.Fresh.class),
  @JsonSubTypes.Type(StartingPoint.Pretrained.class)
})
public sealed interface StartingPoint {
  /**
   * The recipe and the weights to begin with.
   *
   * @throws InvalidRequestException when there can't be such a training
   * @throws IOException when a model can't be opened
   */
  TrainingOrigin origin(WhiskerHome home, TrainingRegime regime) throws IOException;

  /**
   * Fresh weights.
   *
   * @param architecture the architecture of the network, which gets one logit
   * @param input one channel, which are three for colours, and its size
   */
  record Fresh(Architecture architecture, ModelCard.Input input, Padding padding)
      implements StartingPoint {
    /** Fails when the input is too small for the architecture. */
    public Fresh {
      Networks.of(architecture, input, 1).withPadding(padding);
    }

    @Override
    public TrainingOrigin origin(WhiskerHome home, TrainingRegime regime) {
      return InvalidRequestException.check(
          () ->
              TrainingOrigin.fresh(
                  new TrainingRecipe(
                      architecture,
                      regime.colour() ? inColours() : input,
                      padding,
                      regime.options(architecture.kind()),
                      regime.computePrecision())));
    }

    private ModelCard.Input inColours() {
      return new ModelCard.Input(PlanarImage.COLOURS, input.height(), input.width());
    }
  }

  /**
   * The weights of another model, fine-tuned: its last linear layer, or all of its head, is
   * replaced by one new logit, which is trained alone at first. What is empty is as in that model.
   *
   * @param model by name or path
   * @param size height and width of the input
   * @param head how a new head reads the model's features
   * @param features the layer whose map a new head reads
   * @param frozenEpochs epochs that train the new layer alone; empty: 5, or all if fewer
   * @param releaseRate learning rate of all layers after that; empty: a hundredth of the regime's
   */
  record Pretrained(
      String model,
      OptionalInt size,
      Optional<Padding> padding,
      OptionalDouble dropout,
      Optional<FreshHead.Form> head,
      Optional<String> features,
      OptionalInt frozenEpochs,
      OptionalDouble releaseRate)
      implements StartingPoint {
    private static final int FROZEN_EPOCHS = 5;
    private static final double RELEASED = 0.01;

    @Override
    public TrainingOrigin origin(WhiskerHome home, TrainingRegime regime) throws IOException {
      StoredModel stored = Models.open(new ModelStore(home.models()), model);
      ModelCard card = stored.card();
      Architecture architecture = card.architecture();
      if (architecture == null) {
        throw new InvalidRequestException(
            "--init "
                + card.name()
                + " is a TorchScript module, whose layers are not known; import its weights with"
                + " models import --arch");
      }
      TrainingOptions options =
          InvalidRequestException.check(() -> regime.options(architecture.kind()));
      FineTuning tuning = InvalidRequestException.check(() -> tuning(card, options));
      Precision precision = InvalidRequestException.check(regime::computePrecision);
      try {
        return transplanted(stored, options, precision, regime.colour()).tuned(tuning);
      } catch (IllegalArgumentException e) {
        throw new InvalidRequestException("--init " + card.name() + ": " + e.getMessage());
      }
    }

    private FineTuning tuning(ModelCard card, TrainingOptions options) {
      return new FineTuning(
          card.name(),
          card.weights().sha256(),
          frozenEpochs.orElse(Math.min(FROZEN_EPOCHS, options.epochs())),
          releaseRate.orElse(RELEASED * options.learningRate()),
          freshHead());
    }

    private Optional<FreshHead> freshHead() {
      return head.isEmpty() && features.isEmpty()
          ? Optional.empty()
          : Optional.of(new FreshHead(head.orElse(FreshHead.Form.POOLED), features));
    }

    private TrainingOrigin transplanted(
        StoredModel stored, TrainingOptions options, Precision precision, boolean colour)
        throws IOException {
      ModelCard card = stored.card();
      Transplant.Changes none = Transplant.Changes.none(card);
      Transplant.Changes changes =
          new Transplant.Changes(
              size.orElse(none.size()),
              padding.orElse(none.padding()),
              dropout.orElse(none.dropout()),
              colour,
              freshHead());
      Transplant ready = Transplant.of(stored, changes, options.seed());
      return new TrainingOrigin(
          new TrainingRecipe(
              ready.architecture(), ready.input(), changes.padding(), options, precision),
          colour ? PlanarImage.COLOURS : 1,
          Optional.of(ready.preprocessing()),
          Optional.of(ready.weights()),
          Optional.empty(),
          card.training() != null && card.training().researchOnly());
    }
  }
}
