package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.command.RecordOptions;
import org.whisker.feature.train.TrainArguments.TeachingRecord;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.feature.train.TrainJob.TrainConfig.ClassBalance;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.weights.DType;

/** The command that a card gives makes the same network in the same way. */
class MadeAgainTest {
  /** Those of the repository; users import others beside them. */
  private static final List<String> EMBEDDED =
      List.of("inception-resnet-v2-mini", "mobilenet-v2-cats", "vgg16-mini");

  private static ModelStore embedded() {
    return new ModelStore(Path.of("models"));
  }

  /** What is left beside network, recipe and teacher says where, and how weights are stored. */
  private static TrainOptions parse(List<String> words) {
    TrainOptions options = RecordOptions.of(TrainOptions.class).asked("train", words, List.of());
    assertEquals(Path.of("photos"), options.data());
    assertTrue(options.out().startsWith("models"), options.out()::toString);
    assertTrue(Set.of(DType.F32, DType.F16).contains(options.store()), words::toString);
    assertTrue(List.of("features.18.0").containsAll(options.half()), words::toString);
    assertFalse(options.force());
    assertEquals(Optional.empty(), options.note());
    assertEquals(ClassBalance.AUTO, options.balance());
    assertEquals("auto", options.device());
    return options;
  }

  @Test
  void everyEmbeddedModel() throws IOException {
    for (String name : EMBEDDED) {
      check(embedded().card(name));
    }
  }

  private static void check(ModelCard card) {
    List<String> words = TrainArguments.of(card).orElseThrow();
    TrainOptions asked = parse(words);
    StartingPoint start = asked.start().start();
    Architecture architecture = Objects.requireNonNull(card.architecture());
    TrainingOptions options = asked.regime().options(architecture.kind());
    TrainingOptions recorded = TrainingRecipe.ofAny(card).options();
    Optional<TeachingConfig> teaching = asked.teaching();
    // a teacher takes the place of labels, and the command does not tell how they were smoothed
    assertEquals(
        recorded,
        teaching.isPresent() ? options.withLabelSmoothing(recorded.labelSmoothing()) : options);
    taught(card, teaching);
    assertEquals(TrainingRecipe.ofAny(card).precision(), asked.regime().computePrecision());
    assertEquals(card.weights().dtype() == DType.F16, words.contains("f16"), card.name());
    started(card, start);
  }

  private static void taught(ModelCard card, Optional<TeachingConfig> teaching) {
    Map<String, String> options = Objects.requireNonNull(card.training()).options();
    assertEquals(
        Optional.ofNullable(options.get(TeachingRecord.KEY)), teaching.map(TeachingConfig::model));
    teaching.ifPresent(
        how -> {
          assertEquals(options.get("temperature"), "" + how.temperature());
          assertEquals(options.get("mixup"), "" + how.mixup());
          assertEquals(options.get("views"), "" + how.views());
          assertEquals(options.getOrDefault("feature-weight", "0.0"), "" + how.featureWeight());
        });
  }

  private static void started(ModelCard card, StartingPoint start) {
    if (start instanceof StartingPoint.Fresh fresh) {
      assertEquals(card.architecture(), fresh.architecture());
      assertEquals(card.input(), fresh.input());
      assertEquals(card.padding(), fresh.padding());
    } else if (start instanceof StartingPoint.Pretrained tuned) {
      var record = Objects.requireNonNull(card.training());
      assertEquals(record.options().get(TuningRecord.KEY), tuned.model());
      assertEquals(TuningRecord.releaseRate(record), tuned.releaseRate());
      assertEquals(record.options().get("frozen-epochs"), "" + tuned.frozenEpochs().orElseThrow());
    }
  }
}
