package org.whisker.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.torch.precision.PrecisionChoice;

/**
 * Which precision is better for searches on each model, measured once on this machine: two speeds
 * that are close could otherwise come out one way today and the other tomorrow.
 *
 * @param kept where that is found again; empty to measure each time
 * @param writing whether what is measured is kept
 * @param notes is told in a line what was measured of each model
 */
public record SearchPrecisions(Optional<Path> kept, boolean writing, Consumer<String> notes) {
  private static final String PRECISION = "precision";

  /** Each time anew. */
  public static SearchPrecisions measured(Consumer<String> notes) {
    return new SearchPrecisions(Optional.empty(), false, notes);
  }

  /** Kept in a cache, by version of whisker and by what the speeds depend on. */
  public static SearchPrecisions in(Path cache, Consumer<String> notes) {
    Path folder = cache.resolve(PRECISION).resolve(WhiskerVersion.get());
    return new SearchPrecisions(Optional.of(folder), true, notes);
  }

  /** The same without a trace. */
  public SearchPrecisions readOnly() {
    return new SearchPrecisions(kept, false, notes);
  }

  /**
   * One precision for all of these models: bfloat16 if it is the better one on each of them.
   *
   * @param settings device and batch of the searches
   */
  Precision of(List<StoredModel> models, TorchClassifier.Settings settings) throws IOException {
    OperatorThreads.Scope threads = Workers.of(models, settings.device()).threads();
    try (threads) {
      for (StoredModel model : models) {
        if (!SearchPrecision.isChoice(model) || of(model, settings) == Precision.FLOAT32) {
          return Precision.FLOAT32;
        }
      }
      return Precision.BFLOAT16;
    }
  }

  private Precision of(StoredModel model, TorchClassifier.Settings settings) throws IOException {
    Optional<Path> file = kept.map(folder -> folder.resolve(name(model, settings)));
    if (file.isPresent() && Files.isRegularFile(file.get())) {
      return read(file.get());
    }
    PrecisionChoice choice = SearchPrecision.measured(model, settings, System::nanoTime);
    notes.accept(model.card().name() + ": " + choice.reason());
    if (file.isPresent() && writing) {
      Files.createDirectories(file.get().getParent());
      JsonFile.write(
          file.get(), Map.of(PRECISION, choice.precision().label(), "reason", choice.reason()));
    }
    return choice.precision();
  }

  private static Precision read(Path file) throws IOException {
    JsonNode found = JsonFile.read(file);
    try {
      return Precision.parse(file.toString(), found.path(PRECISION).asText());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + "; remove it, and it is measured again", e);
    }
  }

  private static String name(StoredModel model, TorchClassifier.Settings settings) {
    String what =
        "%s %s %d"
            .formatted(
                model.card().weights().sha256(), settings.device().label(), settings.batch());
    return model.card().name() + "-" + Sha256.ofText(what).substring(0, 12) + ".json";
  }
}
