package org.whisker.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.TrainingRecord;
import org.whisker.classifier.UnknownLayersException;
import org.whisker.classifier.WeightsFile;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.torch.Precision;
import org.whisker.training.FineTuning;
import org.whisker.training.TrainingOptions;

/**
 * Which network is trained, and how.
 *
 * @param tuning how it is trained on from another model's weights; empty: it begins with fresh ones
 */
record TrainingRecipe(
    Architecture architecture,
    ModelCard.Input input,
    Padding padding,
    TrainingOptions options,
    Precision precision,
    Optional<FineTuning> tuning) {
  private static final int NOT_CAT = 1;

  /** From fresh weights. */
  TrainingRecipe(
      Architecture architecture,
      ModelCard.Input input,
      Padding padding,
      TrainingOptions options,
      Precision precision) {
    this(architecture, input, padding, options, precision, Optional.empty());
  }

  /**
   * That of a model, as far as its card tells it: a gray input of its size, one logit.
   *
   * @throws UnknownLayersException for a TorchScript module
   * @throws IllegalArgumentException when its card tells of a training that can't be repeated
   */
  static TrainingRecipe of(ModelCard card) {
    TrainingRecord record = card.training();
    if (record != null && record.options().containsKey(InitOptions.KEY)) {
      throw new IllegalArgumentException(
          "it was itself trained on from the weights of %s; take --train-from model"
              .formatted(record.options().get(InitOptions.KEY)));
    }
    return of(card, record);
  }

  /**
   * As {@link #of}, for training on from the model's own weights; so it does not matter whether it
   * began with those of another.
   */
  static TrainingRecipe ofAny(ModelCard card) {
    TrainingRecord record = card.training();
    return of(card, record == null ? null : InitOptions.without(record));
  }

  private static TrainingRecipe of(ModelCard card, @Nullable TrainingRecord record) {
    Architecture architecture = card.architecture();
    Padding padding = card.padding();
    if (architecture == null || padding == null) {
      throw new UnknownLayersException(card.name());
    }
    RegimeOptions regime = record == null ? new RegimeOptions() : RegimeOptions.recorded(record);
    return new TrainingRecipe(
        architecture,
        new ModelCard.Input(1, card.input().height(), card.input().width()),
        padding,
        regime.options(architecture.kind()),
        regime.precision());
  }

  /**
   * Why a model can't be trained again, in one line; empty when it can.
   *
   * @param on whether from its own weights on
   */
  static Optional<String> refusal(ModelCard card, boolean on) {
    try {
      if (on) {
        ofAny(card);
        Optional.ofNullable(card.training()).ifPresent(InitOptions::releaseRate);
      } else {
        of(card);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | UnknownLayersException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** This, with other options. */
  TrainingRecipe with(TrainingOptions others) {
    return new TrainingRecipe(architecture, input, padding, others, precision, tuning);
  }

  /** This, with another padding. */
  TrainingRecipe with(Padding other) {
    return new TrainingRecipe(architecture, input, other, options, precision, tuning);
  }

  /** This, from another model's weights. */
  TrainingRecipe tuned(FineTuning how) {
    return new TrainingRecipe(architecture, input, padding, options, precision, Optional.of(how));
  }

  /** This, of another architecture. */
  TrainingRecipe with(Architecture other) {
    return new TrainingRecipe(other, input, padding, options, precision, tuning);
  }

  /**
   * With one logit.
   *
   * @throws IllegalArgumentException when the input is too small for it
   */
  Network network() {
    return Networks.of(architecture, input, NOT_CAT).withPadding(padding);
  }

  /**
   * What a card says of the training.
   *
   * @param note what the photos are
   * @param photos how many, by split and label
   */
  TrainingRecord record(String note, boolean researchOnly, Map<String, Integer> photos) {
    return new TrainingRecord(
        note, researchOnly, photos, options.epochs(), options.seed(), named());
  }

  /** All that is given, but epochs and seed, by the names that users type. */
  Map<String, String> named() {
    Map<String, String> named = RegimeOptions.named(options, precision);
    tuning.ifPresent(how -> named.putAll(InitOptions.named(how)));
    return named;
  }

  /** The card of what was trained, not evaluated yet. */
  ModelCard card(
      String name,
      Preprocessing preprocessing,
      @Nullable TrainingRecord training,
      Environment environment) {
    return new ModelCard(
        name,
        architecture,
        input,
        preprocessing,
        Output.NOT_CAT_LOGIT,
        padding,
        training,
        null,
        WeightsFile.UNSAVED,
        environment.clock().instant(),
        Provenance.whiskerVersion());
  }
}
