package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.TrainingChange;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.TrainingRecord;
import org.whisker.network.Padding;
import org.whisker.torch.Precision;
import picocli.CommandLine;

class ModelRetrainingTest {
  private static final RetrainingPhotos PHOTOS = new RetrainingPhotos(Path.of("photos"), "0a");
  private static final TrainingRecord RECORD =
      new TrainingRecord(
          "noise",
          true,
          Map.of(),
          12,
          5,
          Map.of("batch", "4", "warmup", "2.0", "erase", "0.75", "precision", "float32"));

  static ModelCard trained(ModelCard card, TrainingRecord record) {
    return of(card, card.architecture(), record);
  }

  private static ModelCard of(
      ModelCard card, @Nullable Architecture architecture, TrainingRecord record) {
    return new ModelCard(
        card.name(),
        architecture,
        card.input(),
        card.preprocessing(),
        card.output(),
        card.padding(),
        record,
        card.figures(),
        card.weights(),
        card.created(),
        card.whiskerVersion());
  }

  private static ModelRetraining retraining(ModelCard card, String... args) {
    RetrainOptions options = new RetrainOptions();
    new CommandLine(options).parseArgs(args);
    return ModelRetraining.of(card, PHOTOS, options);
  }

  private static Retrained network(TrainingChange change, int repetition) {
    return new Retrained(change, repetition, "0a");
  }

  @Test
  void theRegimeIsTheCardsOwnAndTheDefaultsOfWhatItDoesNotTell() {
    ModelRetraining retraining = retraining(trained(TinyModels.card("tiny"), RECORD));
    TrainingRecipe own = retraining.recipe(network(new TrainingChange.None(), 0));
    assertEquals(12, own.options().epochs());
    assertEquals(5, own.options().seed());
    assertEquals(4, own.options().batch());
    assertEquals(0.75, own.options().augmentation().eraseProbability());
    assertEquals(0.45, own.options().augmentation().leastArea());
    assertEquals(Precision.FLOAT32, own.precision());
    assertTrue(retraining.researchOnly());
    TrainingRecipe bare = retraining(TinyModels.card("tiny")).own();
    assertEquals(40, bare.options().epochs());
    assertEquals(Precision.BFLOAT16, bare.precision());
  }

  @Test
  void eachArmDiffersInOneThing() {
    ModelRetraining retraining =
        retraining(trained(TinyModels.card("tiny"), RECORD), "--train-epochs=4", "--train-seed=8");
    TrainingRecipe own = retraining.own();
    assertEquals(4, own.options().epochs());
    assertEquals(1, own.options().warmupEpochs()); // a quarter of all
    assertEquals(
        own.with(own.options().withSeed(9)),
        retraining.recipe(network(new TrainingChange.None(), 1)));
    assertEquals(
        own.with(Padding.CIRCULAR),
        retraining.recipe(network(new TrainingChange.Padding("circular"), 0)));
    TrainingRecipe shifted = retraining.recipe(network(new TrainingChange.Shift(0.5), 0));
    assertEquals(OptionalDouble.of(0.5), shifted.options().augmentation().shift());
    assertEquals(
        own, shifted.with(shifted.options().withAugmentation(own.options().augmentation())));
    TrainingRecipe pooled = retraining.recipe(network(new TrainingChange.PooledHead(), 0));
    assertEquals(0, pooled.architecture().headWidth());
    assertEquals(own, pooled.with(own.architecture()));
  }

  @Test
  void whatDeterminesANetworkNamesIt() {
    ModelCard card = trained(TinyModels.card("tiny"), RECORD);
    String regime = retraining(card).regime();
    assertEquals(12, regime.length());
    assertEquals(regime, retraining(card).regime());
    assertNotEquals(regime, retraining(card, "--train-epochs=4").regime());
    assertNotEquals(regime, retraining(card, "--train-seed=6").regime());
    RetrainingPhotos others = new RetrainingPhotos(Path.of("photos"), "0b");
    assertNotEquals(regime, ModelRetraining.of(card, others, new RetrainOptions()).regime());
  }

  @Test
  void refusesAHeadThatIsPooledInAnyCase() {
    Architecture inception =
        new Architecture(
            Architecture.Kind.INCEPTION_RESNET_V2, 0.125, List.of(1, 1, 1), true, 0, 1, 0.2);
    ModelCard card = of(TinyModels.card("tiny"), inception, RECORD);
    Retrained pooled = network(new TrainingChange.PooledHead(), 0);
    assertTrue(retraining(card).refusal(pooled).orElseThrow().contains("only vgg16"));
    Architecture flat =
        new Architecture(Architecture.Kind.VGG16, 0.125, List.of(), true, 0, 1, 0.3);
    ModelRetraining already = retraining(of(TinyModels.card("tiny"), flat, RECORD));
    assertTrue(already.refusal(pooled).orElseThrow().contains("pooled already"));
    assertEquals(Optional.empty(), retraining(TinyModels.card("tiny")).refusal(pooled));
  }

  @Test
  void aTrainingThatTellsOfSomethingElseIsNotRepeated() {
    TrainingRecord tuned = new TrainingRecord("x", false, Map.of(), 1, 1, Map.of("magic", "7"));
    Optional<String> why = TrainingRecipe.refusal(trained(TinyModels.card("tiny"), tuned));
    assertTrue(why.orElseThrow().contains("can't repeat"), why.toString());
    assertTrue(why.orElseThrow().contains("magic"), why.toString());
    assertEquals(Optional.empty(), TrainingRecipe.refusal(TinyModels.card("tiny")));
  }
}
