package org.whisker.classifier;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.whisker.io.AtomicFiles;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Storage;
import org.whisker.weights.Weights;
import org.whisker.weights.WholeFile;

/** Saves a model to disk: built in a hidden folder, then moved into place. */
final class ModelSaving {
  /** Other readers of safetensors ask for it. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private ModelSaving() {}

  /** Writes the weights file of a card. */
  interface Body {
    void writeTo(Path file) throws IOException;
  }

  static ModelCard save(
      Path root, String cardName, ModelCard card, Weights weights, Storage storage)
      throws IOException {
    return save(
        root,
        cardName,
        card,
        storage.dtype(),
        file -> Safetensors.write(file, weights, METADATA, storage));
  }

  static ModelCard save(Path root, String cardName, ModelCard card, DType dtype, Body body)
      throws IOException {
    Path folder = root.resolve(card.name());
    Path part = WholeFile.partOf(folder);
    String fileName = card.weights().file();
    Files.createDirectories(part);
    try {
      Path file = part.resolve(fileName);
      written(folder.resolve(fileName), () -> body.writeTo(file));
      ModelCard saved = card.withWeights(new WeightsFile(fileName, dtype, Sha256.of(file)));
      AtomicFiles.write(part.resolve(cardName), ModelCardJson.write(saved));
      moveInto(folder, part, List.of(fileName, cardName));
      return saved;
    } finally {
      discard(part, List.of(fileName, cardName));
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Names the file as it will be, not the hidden one that is written. */
  private static void written(Path target, Writing writing) throws IOException {
    try {
      writing.run();
    } catch (FileSystemException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  /**
   * A new model appears in one step. When an old one is replaced, the two files are renamed one
   * after the other; an interruption between them leaves a hash mismatch, which loading detects.
   */
  private static void moveInto(Path folder, Path part, List<String> files) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    for (String file : files) {
      AtomicFiles.rename(part.resolve(file), folder.resolve(file));
    }
  }

  private static void discard(Path part, List<String> files) throws IOException {
    for (String file : files) {
      Files.deleteIfExists(part.resolve(file));
    }
    Files.deleteIfExists(part);
  }
}
