package org.whisker.feature.ablate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.TrainingChange;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.RetrainingData.RetrainingPlan;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.feature.train.TrainingOrigin;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.job.FailureMessage;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.training.Augmentation.PhotoTreatment;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.training.Transplant;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;

/**
 * How a model's architecture is trained again: as the model was, or on from its weights, with one
 * thing changed.
 *
 * @param own what nothing is changed of
 */
record ModelRetraining(ModelCard card, TrainingRecipe own, RetrainingPhotos photos) {
  private static final int DIGITS = 12;

  private static final String SCRATCH = "take --train-from scratch";

  /** A tenth of the epochs and of the rate that the model was trained with. */
  private static final int GENTLER = 10;

  /**
   * Plans the retraining of a model whose layers are known.
   *
   * @throws IllegalArgumentException when its card tells of a training that can't be repeated
   */
  static ModelRetraining of(ModelCard card, RetrainingPhotos photos, RetrainingPlan options) {
    TrainingRecipe recipe =
        options.fromModel() ? TrainingRecipe.ofAny(card) : TrainingRecipe.of(card);
    TrainingOptions regime =
        recipe.options().withSeed(options.seed().orElse(recipe.options().seed()));
    int epochs = options.fromModel() ? Math.max(1, regime.epochs() / GENTLER) : regime.epochs();
    recipe = recipe.with(regime.lasting(options.epochs().orElse(epochs)));
    return new ModelRetraining(
        card, options.fromModel() ? recipe.tuned(tuning(card, regime)) : recipe, photos);
  }

  /**
   * Tunes every layer from the first epoch on; at the rate of that, if the model was tuned itself.
   */
  private static FineTuning tuning(ModelCard card, TrainingOptions regime) {
    double usual = regime.learningRate() / GENTLER;
    TrainingRecord record = card.training();
    double rate = record == null ? usual : TuningRecord.releaseRate(record).orElse(usual);
    return new FineTuning(card.name(), card.weights().sha256(), 0, rate, Optional.empty());
  }

  /** Planes in which they are shown photos: 1 for gray, 3 for colours. */
  int planes() {
    return own.input().channels();
  }

  /** Whether the networks may be used for research only. */
  boolean researchOnly() {
    return card.training() != null && card.training().researchOnly();
  }

  /** Names all that determines a network beside what is changed: recipe and photos. */
  String regime() {
    return Sha256.ofText(own + " " + photos.sha256()).substring(0, DIGITS);
  }

  /** The reason why there can't be such a network, in one line; empty when there can. */
  Optional<String> refusal(Retrained network) {
    Architecture architecture = own.architecture();
    if (own.tuning().isPresent() && (card.input().channels() > 1 || card.output().size() > 1)) {
      return Optional.of("only a model with a gray input and one logit is trained on; " + SCRATCH);
    }
    if (network.change() instanceof TrainingChange.NewHead) {
      if (architecture.kind() != Kind.VGG16) {
        return Optional.of(
            architecture.kind().label()
                + " pools before its head in any case; only vgg16 has a flattening one");
      }
      if (architecture.headWidth() == 0) {
        return Optional.of("its head is pooled already; take a vgg16 with a flattening one");
      }
    }
    try {
      recipe(network).network();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(FailureMessage.describe(e).replaceFirst("^[A-Za-z]+: ", ""));
    }
  }

  TrainingRecipe recipe(Retrained network) {
    TrainingOptions regime = own.options();
    TrainingRecipe recipe = own.with(regime.withSeed(regime.seed() + network.repetition()));
    TrainingChange change = network.change();
    if (change instanceof TrainingChange.Padding padding) {
      return recipe.with(Padding.parse(padding.padding()));
    }
    if (change instanceof TrainingChange.Shift shift) {
      TrainingOptions options = recipe.options();
      return recipe.with(
          options.withAugmentation(
              options.augmentation().withShift(OptionalDouble.of(shift.most()))));
    }
    if (change instanceof TrainingChange.Photos photos) {
      TrainingOptions options = recipe.options();
      return recipe.with(
          options.withAugmentation(
              options.augmentation().withTreatment(PhotoTreatment.parse(photos.treatment()))));
    }
    return change instanceof TrainingChange.NewHead head && head.pooled()
        ? recipe.with(pooled())
        : recipe;
  }

  /**
   * What that network is trained by, and from.
   *
   * @param model the stored model that is retrained
   */
  TrainingOrigin origin(Retrained network, StoredModel model) throws IOException {
    TrainingRecipe recipe = recipe(network);
    if (recipe.tuning().isEmpty()) {
      return TrainingOrigin.fresh(recipe);
    }
    Network trained = recipe.network();
    Weights weights =
        network.change() instanceof TrainingChange.NewHead
            ? Transplant.withNewLinear(trained, model.weights(), recipe.options().seed())
            : Layouts.fit(model.weights(), trained.parameters());
    return new TrainingOrigin(
        recipe,
        planes(),
        Optional.of(card.preprocessing()),
        Optional.of(weights),
        Optional.empty(),
        researchOnly());
  }

  /**
   * The architecture without a hidden layer in its head, as {@code whisker train --head-width 0}
   * makes it.
   */
  private Architecture pooled() {
    Architecture a = own.architecture();
    return new Architecture(
        a.kind(), a.width(), a.repeats(), a.batchNorm(), 0, a.pooledSize(), a.dropout());
  }

  /** What a manifest says of it. */
  Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("epochs", own.options().epochs());
    described.put("seed", own.options().seed());
    described.put("options", own.named());
    described.put("regime", regime());
    return described;
  }
}
