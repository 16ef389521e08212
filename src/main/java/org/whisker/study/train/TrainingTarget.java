package org.whisker.study.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.classifier.ModelStore;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Leftovers;
import org.whisker.study.WhiskerHome;
import org.whisker.table.model.EpochRow;

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
  private static final List<String> PREPARED = List.of("features", "teacher");
  private static final List<String> FILES =
      List.of("checkpoint.safetensors", "best.safetensors", EPOCHS);

  /**
   * The folder at {@code out}; a plain name means one in {@code models/}.
   *
   * @throws InvalidRequestException when the name can't be a model's, or there is one and {@code
   *     force} is not given
   */
  public static TrainingTarget of(Path out, WhiskerHome home, boolean force) {
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
    if (there && !force) {
      throw new InvalidRequestException(
          "--out " + folder + " is a model already; name another, or give --force to replace it");
    }
    return new TrainingTarget(store, name, folder, folder.resolveSibling(name + ".training"));
  }

  /** Whether an epoch was done. */
  boolean begun() {
    return Files.exists(work.resolve(FILES.get(0)));
  }

  /** Removes what a process that was ended was writing, of checkpoints and of the model. */
  void removeLeftovers() throws IOException {
    Leftovers.removeAbandoned(work);
    Leftovers.removeAbandonedOf(folder);
    Leftovers.removeAbandoned(folder);
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

  /** Removes all that training kept, and its folder unless it holds something else. */
  void removeWork() throws IOException {
    for (String file : FILES) {
      Files.deleteIfExists(work.resolve(file));
    }
    for (String folder : PREPARED) {
      for (Path file : prepared(work.resolve(folder))) {
        Files.delete(file);
      }
      removeEmpty(work.resolve(folder));
    }
    removeEmpty(work);
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
