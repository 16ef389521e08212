package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.TrainingChange;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.TinyModels;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.RetrainingData.RetrainingPlan;
import org.whisker.feature.train.TrainingOrigin;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;

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
    return ModelRetraining.of(card, PHOTOS, plan(args));
  }

  private static RetrainingPlan plan(String... args) {
    OptionalInt epochs = OptionalInt.empty();
    OptionalLong seed = OptionalLong.empty();
    boolean fromModel = false;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.substring(0, arg.indexOf('='))) {
        case "--train-epochs" -> epochs = OptionalInt.of(Integer.parseInt(value));
        case "--train-seed" -> seed = OptionalLong.of(Long.parseLong(value));
        case "--train-from" -> fromModel = value.equals("model");
        default -> throw new IllegalArgumentException(arg);
      }
    }
    return new RetrainingPlan(epochs, seed, fromModel);
  }

  private static Retrained network(TrainingChange change, int repetition) {
    return new Retrained(change, repetition, "0a");
  }

  @Test
  void theRegimeIsTheCardsOwnAndTheDefaultsOfWhatItDoesNotTell() {
    ModelRetraining retraining = retraining(TinyModels.trained(TinyModels.card("tiny"), RECORD));
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
        retraining(
            TinyModels.trained(TinyModels.card("tiny"), RECORD),
            "--train-epochs=4",
            "--train-seed=8");
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
    TrainingRecipe pooled = retraining.recipe(network(new TrainingChange.NewHead(true), 0));
    assertEquals(0, pooled.architecture().headWidth());
    assertEquals(own, pooled.with(own.architecture()));
  }

  @Test
  void fromTheModelItIsGentlerAndShorter() throws IOException {
    ModelCard card = TinyModels.trained(TinyModels.card("tiny"), RECORD);
    ModelRetraining retraining = retraining(card, "--train-from=model");
    TrainingRecipe own = retraining.own();
    assertEquals(1, own.options().epochs()); // a tenth of twelve
    FineTuning tuning = own.tuning().orElseThrow();
    assertEquals(0, tuning.frozenEpochs());
    assertEquals(own.options().learningRate() / 10, tuning.releaseRate());
    assertEquals(
        7, retraining(card, "--train-from=model", "--train-epochs=7").own().options().epochs());
    assertNotEquals(retraining(card, "--train-epochs=1").regime(), retraining.regime());

    Network network = Networks.of(card);
    FormulaWeights weights = new FormulaWeights(network.parameters(), 7);
    StoredModel model = new StoredModel(card, Path.of("tiny"), weights);
    TrainingOrigin reflect =
        retraining.origin(network(new TrainingChange.Padding("reflect"), 2), model);
    assertEquals(Padding.REFLECT, reflect.recipe().network().padding());
    assertEquals(Optional.of(card.preprocessing()), reflect.own());
    assertTrue(reflect.researchOnly());
    assertEquals(Set.of(), changed(weights, reflect.weights().orElseThrow(), network));
    TrainingOrigin head = retraining.origin(network(new TrainingChange.NewHead(false), 0), model);
    Set<String> linear =
        Set.of("classifier.0", "classifier.3", "classifier.6").stream()
            .flatMap(layer -> Stream.of(layer + ".weight", layer + ".bias"))
            .collect(Collectors.toSet());
    assertEquals(linear, changed(weights, head.weights().orElseThrow(), network));
    TrainingOrigin pooled = retraining.origin(network(new TrainingChange.NewHead(true), 0), model);
    Network flat = pooled.recipe().network();
    assertTrue(flat.parameters().stream().anyMatch(p -> p.name().equals("classifier.weight")));
    assertEquals(
        Set.of("classifier.weight", "classifier.bias"),
        changed(weights, pooled.weights().orElseThrow(), flat));
  }

  @Test
  void aNetworkOfThreeChannelsSeesTestPhotosInColour(@TempDir Path folder) throws IOException {
    Canvas canvas = Canvas.square(TinyModels.SIDE);
    PlanarImage red = new Tone(1, 0, 0).filled(canvas, PlanarImage.COLOURS);
    for (String label : List.of("cat", "not_cat")) {
      Path photos = Files.createDirectories(folder.resolve("test").resolve(label));
      ImageFiles.writePng(photos.resolve("1.png"), red);
    }
    ModelCard gray = TinyModels.card("tiny");
    assertEquals(1, photos(gray, folder).get(0).planes());
    ModelCard.Input input = new ModelCard.Input(3, TinyModels.SIDE, TinyModels.SIDE);
    ModelCard colour =
        new ModelCard(
            "rgb",
            gray.architecture(),
            input,
            gray.preprocessing(),
            gray.output(),
            gray.padding(),
            null,
            null,
            gray.weights(),
            gray.created(),
            gray.whiskerVersion());
    assertEquals(List.of(red, red), photos(colour, folder));
  }

  private static List<Raster> photos(ModelCard card, Path folder) {
    RetrainingPhotos photos = new RetrainingPhotos(folder, "0a");
    StoredModel stored =
        new StoredModel(card, folder, new FormulaWeights(Networks.of(card).parameters(), 7));
    return new StoredAblatedModel(
            stored,
            TorchClassifier.Settings.cpu(Precision.FLOAT32),
            Precision.FLOAT32,
            RetrainedNetworks.of(card, Optional.of(photos), plan()),
            KeptProbes.inMemory())
        .photos().stream().map(Photo::picture).toList();
  }

  /** The tensors of a network that one file has otherwise than another, or alone. */
  private static Set<String> changed(Weights before, Weights now, Network network)
      throws IOException {
    Set<String> changed = new TreeSet<>();
    for (Parameter p : network.parameters()) {
      if (!before.names().contains(p.name())
          || !before.floats(p.name()).equals(now.floats(p.name()))) {
        changed.add(p.name());
      }
    }
    return changed;
  }

  @Test
  void onlyAModelOfOneLogitIsTrainedOn() {
    ModelCard gray = TinyModels.trained(TinyModels.card("tiny"), RECORD);
    ModelCard rgb =
        new ModelCard(
            gray.name(),
            gray.architecture(),
            new ModelCard.Input(3, 32, 32),
            gray.preprocessing(),
            gray.output(),
            gray.padding(),
            gray.training(),
            gray.figures(),
            gray.weights(),
            gray.created(),
            gray.whiskerVersion());
    Retrained own = network(new TrainingChange.None(), 0);
    String why = retraining(rgb, "--train-from=model").refusal(own).orElseThrow();
    assertTrue(why.contains("one logit is trained on; take --train-from scratch"), why);
    assertEquals(Optional.empty(), retraining(rgb).refusal(own));
    assertEquals(Optional.empty(), retraining(gray, "--train-from=model").refusal(own));
  }

  @Test
  void whatDeterminesANetworkNamesIt() {
    ModelCard card = TinyModels.trained(TinyModels.card("tiny"), RECORD);
    String regime = retraining(card).regime();
    assertEquals(12, regime.length());
    assertEquals(regime, retraining(card).regime());
    assertNotEquals(regime, retraining(card, "--train-epochs=4").regime());
    assertNotEquals(regime, retraining(card, "--train-seed=6").regime());
    RetrainingPhotos others = new RetrainingPhotos(Path.of("photos"), "0b");
    assertNotEquals(regime, ModelRetraining.of(card, others, RetrainingPlan.standard()).regime());
  }

  @Test
  void refusesAHeadThatIsPooledInAnyCase() {
    Architecture inception =
        new Architecture(
            Architecture.Kind.INCEPTION_RESNET_V2, 0.125, List.of(1, 1, 1), true, 0, 1, 0.2);
    ModelCard card = of(TinyModels.card("tiny"), inception, RECORD);
    Retrained pooled = network(new TrainingChange.NewHead(true), 0);
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
    Optional<String> why =
        TrainingRecipe.refusal(TinyModels.trained(TinyModels.card("tiny"), tuned), false);
    assertTrue(why.orElseThrow().contains("can't repeat"), why.toString());
    assertTrue(why.orElseThrow().contains("magic"), why.toString());
    assertEquals(Optional.empty(), TrainingRecipe.refusal(TinyModels.card("tiny"), false));
  }

  @Test
  void aTunedModelIsTrainedOnAsItWasTuned() {
    Map<String, String> options =
        Map.of(
            "batch", "4",
            "init", "donor",
            "init-sha256", "0a",
            "frozen-epochs", "3",
            "release-rate", "3.0E-5");
    ModelCard card =
        TinyModels.trained(
            TinyModels.card("tiny"), new TrainingRecord("x", false, Map.of(), 20, 1, options));
    String why = TrainingRecipe.refusal(card, false).orElseThrow();
    assertEquals(
        "it was itself trained on from the weights of donor; take --train-from model", why);
    assertEquals(Optional.empty(), TrainingRecipe.refusal(card, true));
    TrainingRecipe own = retraining(card, "--train-from=model").own();
    assertEquals(2, own.options().epochs());
    assertEquals(4, own.options().batch());
    FineTuning tuning = own.tuning().orElseThrow();
    assertEquals(
        new FineTuning("tiny", card.weights().sha256(), 0, 3e-5, Optional.empty()), tuning);
  }
}
