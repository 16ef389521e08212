package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.io.FolderLock;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;

class TrainingTargetTest {
  @TempDir Path home;

  private static ModelCard at(Instant created, ModelCard card) {
    return new ModelCard(
        card.name(),
        card.architecture(),
        card.input(),
        card.preprocessing(),
        card.output(),
        card.padding(),
        card.training(),
        card.figures(),
        card.weights(),
        created,
        card.whiskerVersion());
  }

  /** Two processes that were ended: after the model was saved, and before it was saved again. */
  @Test
  void aModelThatIsSavedForTheSecondTimeIsGoneOnWith() throws IOException {
    TinyModels.save(home, "made");
    ModelCard there = new ModelStore(home.resolve("models")).card("made");
    Path work = Files.createDirectories(home.resolve("models/made.training"));
    Files.writeString(work.resolve("saving.txt"), there.created().toString());
    TrainingTarget second = target();
    second.beginSaving(at(there.created().plusSeconds(9), there));
    assertEquals(second.folder(), target().folder());
    Files.delete(work.resolve("saving.txt"));
    assertThrows(InvalidRequestException.class, this::target);
  }

  /** A note of another training that was to replace the model does not make it that training's. */
  @Test
  void aModelThatWasThereBeforeIsNot() throws IOException {
    TinyModels.save(home, "made");
    ModelCard there = new ModelStore(home.resolve("models")).card("made");
    Files.createDirectories(home.resolve("models/made.training"));
    TrainingTarget forced = TrainingTarget.of(Path.of("made"), new WhiskerHome(home), true);
    forced.beginSaving(at(there.created().plusSeconds(9), there));
    assertThrows(InvalidRequestException.class, this::target);
  }

  /** What an ended process was removing; whoever only looks holds no lock, and removes nothing. */
  @Test
  void leftoversGoUnderTheLockAlone() throws IOException {
    Path left = home.resolve("models/.made.training.999999999999.part");
    Files.createDirectories(left);
    TrainingTarget target = target();
    assertTrue(Files.exists(left));
    Files.createDirectories(target.work());
    target.removeLeftovers();
    assertFalse(Files.exists(left));
  }

  /** A kill in the last step: no training will take the lock again, for the model is there. */
  @Test
  void whatATrainingThatIsDoneWasRemovingGoes() throws IOException {
    TinyModels.save(home, "made");
    Path left = Files.createDirectories(home.resolve("models/.made.training.999999999999.part"));
    Files.writeString(left.resolve("epochs.csv"), "epoch\n");
    assertThrows(InvalidRequestException.class, this::target);
    assertFalse(Files.exists(left));
  }

  /** The file of another program keeps the folder; a checkpoint could not be removed at first. */
  @Test
  void whatCouldNotBeRemovedInPlaceGoesLater() throws IOException {
    TinyModels.save(home, "made");
    TrainingTarget training = target("fresh");
    Path work = Files.createDirectories(training.work());
    Path notes = Files.writeString(work.resolve("notes.txt"), "mine");
    Files.writeString(work.resolve("manifest.json"), "{}");
    Files.writeString(work.resolve("epochs.csv"), "epoch\n");
    Path stuck = work.resolve("best.safetensors");
    Path full = Files.createDirectories(stuck.resolve("full"));
    training.beginSaving(TinyModels.card("fresh"));
    TinyModels.save(home, "fresh");
    assertThrows(IOException.class, training::removeWork);
    Files.delete(full);

    FolderLock.run(
        work,
        () -> assertThrows(InvalidRequestException.class, () -> target("fresh"), "by another"));
    assertTrue(Files.exists(stuck), "not without the lock");
    assertThrows(InvalidRequestException.class, () -> target("fresh"));
    assertEquals(List.of(notes), files(work));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private TrainingTarget target(String name) throws IOException {
    return TrainingTarget.of(Path.of(name), new WhiskerHome(home), false);
  }

  private TrainingTarget target() throws IOException {
    return TrainingTarget.of(Path.of("made"), new WhiskerHome(home), false);
  }
}
