package org.whisker.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.whisker.study.train.StartingPoint;
import org.whisker.study.train.TeachingConfig;
import org.whisker.study.train.TeachingRecord;
import org.whisker.study.train.TrainArguments;
import org.whisker.study.train.TrainingRecipe;
import org.whisker.study.train.TuningRecord;
import org.whisker.training.TrainingOptions;
import org.whisker.weights.DType;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command that a card gives makes the same network in the same way. */
class MadeAgainTest {
  /** Those of the repository; users import others beside them. */
  private static final List<String> EMBEDDED =
      List.of("inception-resnet-v2-mini", "mobilenet-v2-cats", "vgg16-mini");

  private final ArchitectureOptions network = new ArchitectureOptions();
  private final InitOptions init = new InitOptions();
  private final RegimeOptions regime = new RegimeOptions();
  private final TeacherOptions teacher = new TeacherOptions();

  private static ModelStore embedded() {
    return new ModelStore(Path.of("models"));
  }

  private StartingPoint parse(List<String> words) {
    CommandSpec spec =
        CommandSpec.create()
            .addMixin("network", CommandSpec.forAnnotatedObject(network))
            .addMixin("init", CommandSpec.forAnnotatedObject(init))
            .addMixin("regime", CommandSpec.forAnnotatedObject(regime))
            .addMixin("teacher", CommandSpec.forAnnotatedObject(teacher));
    CommandLine line = new CommandLine(spec).setUnmatchedArgumentsAllowed(true);
    List<String> left = line.parseArgs(words.toArray(String[]::new)).unmatched();
    assertTrue(
        Set.of(
                "--data",
                "photos",
                "--out",
                "--research-only",
                "--half",
                "features.18.0",
                "--store",
                "f16")
            .containsAll(left.stream().filter(word -> !word.startsWith("models/")).toList()),
        left::toString);
    return init.start(network);
  }

  @Test
  void everyEmbeddedModel() throws IOException {
    for (String name : EMBEDDED) {
      new MadeAgainTest().check(embedded().card(name));
    }
  }

  private void check(ModelCard card) {
    List<String> words = TrainArguments.of(card).orElseThrow();
    StartingPoint start = parse(words);
    Architecture architecture = Objects.requireNonNull(card.architecture());
    TrainingOptions options = regime.regime().options(architecture.kind());
    TrainingOptions recorded = TrainingRecipe.ofAny(card).options();
    Optional<TeachingConfig> teaching = teacher.teaching();
    // a teacher takes the place of labels, and the command does not tell how they were smoothed
    assertEquals(
        recorded,
        teaching.isPresent() ? options.withLabelSmoothing(recorded.labelSmoothing()) : options);
    taught(card, teaching);
    assertEquals(TrainingRecipe.ofAny(card).precision(), regime.regime().computePrecision());
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
