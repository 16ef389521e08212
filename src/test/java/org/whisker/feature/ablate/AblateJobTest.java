package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.RunPlan;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.RetrainingData.RetrainingPlan;
import org.whisker.hypothesis.Experiments;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** What is done, and in which order. */
class AblateJobTest {
  private static final TrainingRecord TRAINED =
      new TrainingRecord(
          "noise",
          true,
          Map.of(),
          2,
          5,
          Map.of("batch", "4", "averaging", "0.5", "warmup", "0.5", "precision", "float32"));

  @TempDir Path home = Path.of("");

  @BeforeEach
  void modelAndPhotos() throws IOException {
    ModelCard card = TinyModels.trained(TinyModels.card("tiny"), TRAINED);
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 7);
    new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
  }

  private AblateJob all() throws IOException {
    ModelStore store = new ModelStore(home.resolve("models"));
    RetrainingPhotos photos = RetrainingPhotos.of(home.resolve("photos"));
    ModelRetraining retraining =
        ModelRetraining.of(store.card("tiny"), photos, RetrainingPlan.standard());
    StoredAblatedModel model =
        new StoredAblatedModel(
            store.open("tiny"),
            TorchClassifier.Settings.cpu(Precision.FLOAT32),
            Precision.FLOAT32,
            Optional.of(RetrainedNetworks.of("tiny", retraining)),
            KeptProbes.inMemory());
    return AblateJob.of(
        Experiments.all(),
        List.of(model),
        m -> AblateJob.setting(m, EvolutionOptions.quick(), 5000, OptionalInt.empty(), 1),
        new RunPlan(10, 8, 1, 0.5, 100),
        true);
  }

  @Test
  void armsThatAreNamedRunBesideTheControl() throws IOException {
    AblateJob job = all().narrowed(List.of("held", "stronger-held"));
    AblationDesign entry =
        job.tasks().stream()
            .filter(task -> task.ablation().id().equals("entry"))
            .map(task -> task.ablation().design().apply(task.setting()))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("question", "held", "stronger-held"),
        entry.arms().stream().map(AblationArm::name).toList());
    assertEquals(
        List.of("held - question", "stronger-held - held"),
        entry.contrasts().stream().map(c -> c.name() + " - " + c.against()).toList());
  }

  @Test
  void anArmThatNoExperimentHasIsRefused() throws IOException {
    AblateJob job = all();
    InvalidRequestException refused =
        assertThrows(InvalidRequestException.class, () -> job.narrowed(List.of("stronger-hold")));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith("no experiment here has an arm 'stronger-hold' (like stronger-held?); "),
        refused.getMessage());
  }

  @Test
  void withPhotosAllTrainsLast() throws IOException {
    AblateJob job = all();
    assertEquals(List.of(), job.skipped());
    List<AblateJob> last = job.in(home, true).single();
    assertEquals(
        List.of("retrained-padding", "training-position", "barrier-origin", "head"),
        last.stream().map(j -> j.tasks().get(0).ablation().id()).toList());
    assertEquals(job.tasks().size() - 4, job.in(home, false).tasks().size());
  }
}
