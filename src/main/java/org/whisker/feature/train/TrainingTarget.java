package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.io.AtomicFiles;
import org.whisker.io.InputFile;
import org.whisker.io.Manifest;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.Leftovers;
import org.whisker.weights.WholeFile;

/**
 * Where a training goes.
 *
 * @param store the models' folder
 * @param name the model's name in it
 * @param folder the model's folder
 * @param work where checkpoints lie until the model is whole, beside its folder
 */
public record TrainingTarget(ModelStore store, String name, Path folder, Path work) {
  private static final String EPOCHS = "epochs.csv";
  private static final String PARTIAL = ".partial";
  private static final String SAVING = "saving.txt";

  /** What {@value #SAVING} becomes once the model is whole: all of its training is to go. */
  private static final String SAVED = "saved.txt";

  private static final String LOCK = ".lock";
  private static final String SUFFIX = ".training";
  private static final List<String> PREPARED = List.of("features", "teacher");
  private static final List<String> TRAINED =
      List.of("checkpoint.safetensors", "best.safetensors", EPOCHS);
  private static final List<String> NOTES = List.of(Manifest.NAME, SAVING, SAVED, LOCK);

  /**
   * The folder at {@code out}; a plain name means one in {@code models/}. A model that a training
   * had saved when it was ended, but not yet its tables, is gone on with. No lock is held yet, so
   * nothing is written, and removed only what a process that has gone was removing.
   *
   * @throws InvalidRequestException when the name can't be a model's, or there is one and {@code
   *     force} is not given
   */
  public static TrainingTarget of(Path out, WhiskerHome home, boolean force) throws IOException {
    Path folder = out.getParent() == null ? home.models().resolve(out) : out;
    Path root = folder.toAbsolutePath().getParent();
    Path last = folder.getFileName();
    if (root == null || last == null) {
      throw new InvalidRequestException(
          "--out " + out + " is no folder of a model; take models/NAME");
    }
    String name = last.toString();
    ModelStore store = new ModelStore(root);
    boolean there = InvalidRequestException.check(() -> store.contains(name));
    TrainingTarget target =
        new TrainingTarget(store, name, folder, folder.resolveSibling(name + SUFFIX));
    if (there && !force && !target.isBeingSaved()) {
      // no training of this name will hold the lock again; what it was removing has no reader
      Leftovers.removeAbandonedOf(target.work);
      target.removeSaved();
      throw new InvalidRequestException(
          "--out " + folder + " is a model already; name another, or give --force to replace it");
    }
    return target;
  }

  /**
   * Notes, before the model is saved, its time: by it, it can be told from one that was there
   * before. The time of one that an ended process saved stays, since it is there until the new one
   * takes its place.
   */
  void beginSaving(ModelCard card) throws IOException {
    List<String> times = new ArrayList<>();
    if (store.contains(name) && isBeingSaved()) {
      times.add(store.card(name).created().toString());
    }
    times.add(card.created().toString());
    AtomicFiles.write(work.resolve(SAVING), String.join("\n", times));
  }

  /** Whether the model in a folder is there, with all that comes after it in its training. */
  public static boolean isEnded(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    ModelStore store = new ModelStore(folder.resolveSibling(""));
    Path work = folder.resolveSibling(name + SUFFIX);
    return store.contains(name) && !new TrainingTarget(store, name, folder, work).isBeingSaved();
  }

  /** Whether the model is there, and the training that made it has not ended. */
  private boolean isBeingSaved() throws IOException {
    Path saving = work.resolve(SAVING);
    return Files.exists(saving)
        && InputFile.text(saving).lines().toList().contains(store.card(name).created().toString());
  }

  /** Whether an epoch was done. */
  boolean begun() {
    return Files.exists(work.resolve(TRAINED.get(0)));
  }

  /** The folder of the model whose training lies in a folder, or that is one itself. */
  static Path modelOf(Path work) {
    Path folder = work.toAbsolutePath().normalize();
    String name = String.valueOf(folder.getFileName());
    return name.endsWith(SUFFIX)
        ? folder.resolveSibling(name.substring(0, name.length() - SUFFIX.length()))
        : folder;
  }

  /**
   * Removes what a process that was ended was writing, of checkpoints and of the model, or was
   * removing; by the one that has the lock.
   */
  void removeLeftovers() throws IOException {
    Leftovers.removeAbandonedOf(work);
    Leftovers.removeAbandoned(work);
    Leftovers.removeAbandonedOf(folder);
    Leftovers.removeAbandoned(folder);
    if (Files.exists(work.resolve(SAVED))) {
      removeTraining(); // one before, of a model that was replaced since
    }
    Files.deleteIfExists(work.resolve(EPOCHS + PARTIAL));
    Files.deleteIfExists(folder.resolve(EpochRow.FILE + PARTIAL));
  }

  /** The table of the epochs so far. */
  Path epochs() {
    return work.resolve(EPOCHS);
  }

  /** Whether features of frozen layers, or a teacher's logits, are kept there. */
  boolean hasPreparations() throws IOException {
    for (String folder : PREPARED) {
      if (!prepared(work.resolve(folder)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The files in a folder of features or of a teacher's logits; none where there is no folder. */
  static List<Path> prepared(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).toList();
    }
  }

  /**
   * Removes all that training kept, and its folder unless it holds something else. Under another
   * name: a process that is ended meanwhile leaves nothing that looks like an unfinished training.
   */
  void removeWork() throws IOException {
    if (holdsOthers()) {
      AtomicFiles.rename(work.resolve(SAVING), work.resolve(SAVED));
      remove();
      return;
    }
    Path gone = WholeFile.partOf(work);
    Files.move(work, gone, StandardCopyOption.ATOMIC_MOVE);
    new TrainingTarget(store, name, folder, gone).remove();
  }

  /** Whether there is anything that no training writes. */
  private boolean holdsOthers() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files
          .filter(Files::isRegularFile)
          .anyMatch(
              file -> {
                String own = work.relativize(file).getName(0).toString();
                return PREPARED.contains(own)
                    ? !file.toString().endsWith(".safetensors")
                    : !TRAINED.contains(own) && !NOTES.contains(own);
              });
    }
  }

  /** Goes on with a removal that did not come to its end, unless another process does. */
  private void removeSaved() throws IOException {
    if (Files.exists(work.resolve(SAVED))) {
      FolderSession.tidy(work, this::remove);
    }
  }

  private void remove() throws IOException {
    Files.deleteIfExists(work.resolve(SAVING));
    Files.deleteIfExists(work.resolve(Manifest.NAME));
    removeTraining();
    Files.deleteIfExists(work.resolve(LOCK));
    removeEmpty(work);
  }

  private void removeTraining() throws IOException {
    for (String file : TRAINED) {
      Files.deleteIfExists(work.resolve(file));
    }
    for (String folder : PREPARED) {
      for (Path file : prepared(work.resolve(folder))) {
        Files.delete(file);
      }
      removeEmpty(work.resolve(folder));
    }
    Files.deleteIfExists(work.resolve(SAVED)); // the last: until then, all of this is to go
  }

  private static void removeEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var rest = Files.list(folder)) {
      if (rest.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }
}
