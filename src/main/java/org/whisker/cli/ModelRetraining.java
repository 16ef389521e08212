package org.whisker.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.TrainingChange;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.network.Padding;
import org.whisker.training.TrainingOptions;

/**
 * How a model's architecture is trained anew: as the model was, with one thing changed.
 *
 * @param own what nothing is changed of
 * @param researchOnly whether the networks may be used for research only
 */
record ModelRetraining(TrainingRecipe own, RetrainingPhotos photos, boolean researchOnly) {
  private static final int DIGITS = 12;

  /**
   * That of a model whose layers are known.
   *
   * @throws IllegalArgumentException when its card tells of a training that can't be repeated
   */
  static ModelRetraining of(ModelCard card, RetrainingPhotos photos, RetrainOptions options) {
    TrainingRecipe recipe = TrainingRecipe.of(card);
    TrainingOptions regime = recipe.options();
    if (options.epochs().isPresent()) {
      regime = regime.lasting(options.epochs().getAsInt());
    }
    regime = regime.withSeed(options.seed().orElse(regime.seed()));
    boolean researchOnly = card.training() != null && card.training().researchOnly();
    return new ModelRetraining(recipe.with(regime), photos, researchOnly);
  }

  /** Names all that determines a network beside what is changed: recipe and photos. */
  String regime() {
    return Sha256.ofText(own + " " + photos.sha256()).substring(0, DIGITS);
  }

  /** Why there can't be such a network, in one line; empty when there can. */
  Optional<String> refusal(Retrained network) {
    Architecture architecture = own.architecture();
    if (network.change() instanceof TrainingChange.PooledHead) {
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
      return Optional.of(Errors.describe(e).replaceFirst("^[A-Za-z]+: ", ""));
    }
  }

  /** What that network is trained by. */
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
    return change instanceof TrainingChange.PooledHead ? recipe.with(pooled()) : recipe;
  }

  /** As {@code whisker train --head-width 0} makes it. */
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
    described.put("options", RegimeOptions.named(own.options(), own.precision()));
    described.put("regime", regime());
    return described;
  }
}
