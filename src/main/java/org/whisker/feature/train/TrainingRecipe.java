package org.whisker.feature.train;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.feature.train.TrainArguments.TeachingRecord;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.image.PlanarImage;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.option.Records;
import org.whisker.torch.Precision;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingOptions;

/**
 * Which network is trained, and how.
 *
 * @param tuning how it is trained on from another model's weights; empty: it begins with fresh ones
 */
public record TrainingRecipe(
    Architecture architecture,
    ModelCard.Input input,
    Padding padding,
    TrainingOptions options,
    Precision precision,
    Optional<FineTuning> tuning) {
  private static final int NOT_CAT = 1;
  private static final int COLOURS = PlanarImage.COLOURS;

  /** A recipe from fresh weights. */
  public TrainingRecipe(
      Architecture architecture,
      ModelCard.Input input,
      Padding padding,
      TrainingOptions options,
      Precision precision) {
    this(architecture, input, padding, options, precision, Optional.empty());
  }

  /**
   * The recipe of a model, as far as its card tells it: an input of its size, in colours if it was
   * trained on those and gray otherwise, and one logit. Where a teacher took the place of labels,
   * they are back: all networks of an experiment are then trained alike, and none waits for a
   * teacher.
   *
   * @throws UnknownLayersException for a TorchScript module
   * @throws IllegalArgumentException when its card tells of a training that can't be repeated
   */
  public static TrainingRecipe of(ModelCard card) {
    TrainingRecord record = card.training();
    if (record != null && record.options().containsKey(TuningRecord.KEY)) {
      throw new IllegalArgumentException(
          "it was itself trained on from the weights of %s; take --train-from model"
              .formatted(record.options().get(TuningRecord.KEY)));
    }
    return of(card, record);
  }

  /**
   * The recipe of a model for training on from the model's own weights; so it does not matter
   * whether it began with those of another.
   */
  public static TrainingRecipe ofAny(ModelCard card) {
    TrainingRecord record = card.training();
    return of(card, record == null ? null : TuningRecord.without(record));
  }

  private static TrainingRecipe of(ModelCard card, @Nullable TrainingRecord record) {
    Architecture architecture = card.architecture();
    Padding padding = card.padding();
    if (architecture == null || padding == null) {
      throw new UnknownLayersException(card.name());
    }
    TrainingRegime regime =
        record == null
            ? TrainingRegime.standard()
            : TrainingRegime.recorded(TeachingRecord.without(record));
    return new TrainingRecipe(
        architecture,
        input(card, record != null && record.inColour()),
        padding,
        regime.options(architecture.kind()),
        regime.computePrecision());
  }

  private static ModelCard.Input input(ModelCard card, boolean colour) {
    return new ModelCard.Input(colour ? COLOURS : 1, card.input().height(), card.input().width());
  }

  /**
   * The reason why a model can't be trained again, in one line; empty when it can.
   *
   * @param on whether from its own weights on
   */
  public static Optional<String> refusal(ModelCard card, boolean on) {
    try {
      if (on) {
        ofAny(card);
        Optional.ofNullable(card.training()).ifPresent(TuningRecord::releaseRate);
      } else {
        of(card);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | UnknownLayersException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a model is one that this made, whatever its photos were called. */
  public boolean made(ModelCard card) {
    TrainingRecord record = card.training();
    return record != null
        && architecture.equals(card.architecture())
        && input.equals(card.input())
        && padding == card.padding()
        && record.equals(record(record.data(), record.researchOnly(), record.photos()));
  }

  public TrainingRecipe with(TrainingOptions others) {
    return Records.changed(this, TrainingRecipe::options).to(others);
  }

  /** Returns this recipe with another padding. */
  public TrainingRecipe with(Padding other) {
    return Records.changed(this, TrainingRecipe::padding).to(other);
  }

  /** Returns this recipe from another model's weights. */
  public TrainingRecipe tuned(FineTuning how) {
    return Records.changed(this, TrainingRecipe::tuning).to(Optional.of(how));
  }

  /** Returns this recipe for another architecture. */
  public TrainingRecipe with(Architecture other) {
    return Records.changed(this, TrainingRecipe::architecture).to(other);
  }

  /**
   * Builds the network, with one logit.
   *
   * @throws IllegalArgumentException when the input is too small for it
   */
  public Network network() {
    return Networks.of(architecture, input, NOT_CAT).withPadding(padding);
  }

  /**
   * What a card says of the training.
   *
   * @param note what the photos are
   * @param photos how many, by split and label
   */
  public TrainingRecord record(String note, boolean researchOnly, Map<String, Integer> photos) {
    return new TrainingRecord(
        note, researchOnly, photos, options.epochs(), options.seed(), named());
  }

  /** All that is given, but epochs and seed, by the names that users type. */
  public Map<String, String> named() {
    Map<String, String> named = TrainingRegime.named(options, precision);
    tuning.ifPresent(how -> named.putAll(TuningRecord.named(how)));
    if (tuning.isEmpty() && input.channels() == COLOURS) {
      named.put(TrainingRecord.COLOUR, "true");
    }
    return named;
  }

  /** The card of what was trained, not evaluated yet. */
  public ModelCard card(
      String name,
      Preprocessing preprocessing,
      @Nullable TrainingRecord training,
      JobContext context) {
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
        context.clock().instant(),
        Provenance.whiskerVersion());
  }
}
