package org.whisker.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.torch.precision.Processor;
import org.whisker.torch.precision.RankAgreement;

/**
 * How far bfloat16 ranks pictures as float32 does, kept in a cache. It is measured again where
 * anything is another that scores depend on: weights, processor or device, threads, batch,
 * versions.
 *
 * @param folder where it is kept; empty: nowhere
 */
public record KeptAgreements(Optional<Path> folder) {
  private static final String SIBLINGS = "spearman_siblings";
  private static final String ALL = "spearman_all";
  private static final String PICTURES = "pictures";

  /** Measures. */
  @FunctionalInterface
  interface Measured {
    RankAgreement now() throws IOException;
  }

  /** Keeps nothing. */
  public static KeptAgreements none() {
    return new KeptAgreements(Optional.empty());
  }

  /** Keeps agreements in a cache. */
  public static KeptAgreements in(Path cache) {
    return new KeptAgreements(Optional.of(cache.resolve("ranks")));
  }

  /** Returns the agreement of a model, and measures it where none is kept. */
  RankAgreement of(StoredModel model, TorchClassifier.Settings settings, Measured measured)
      throws IOException {
    if (folder.isEmpty()) {
      return measured.now();
    }
    Path file = folder.get().resolve(name(model.card(), settings));
    Optional<RankAgreement> kept = read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    RankAgreement agreement = measured.now();
    Files.createDirectories(folder.get());
    JsonFile.write(file, content(agreement));
    return agreement;
  }

  private static String name(ModelCard card, TorchClassifier.Settings settings) {
    Processor processor = Processor.here();
    String all =
        String.join(
            " ",
            card.weights().sha256(),
            card.preprocessing().toString(),
            card.paddingLabel(),
            settings.device().label(),
            settings.device().computeCapability().toString(),
            Integer.toString(settings.batch()),
            Integer.toString(OperatorThreads.count()),
            processor.name().toString(),
            processor.vendor(),
            new TreeSet<>(processor.instructions()).toString(),
            Classifiers.engine(),
            WhiskerVersion.get());
    return card.name() + "-" + Sha256.ofText(all).substring(0, 16) + ".json";
  }

  private static Map<String, Object> content(RankAgreement agreement) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(SIBLINGS, agreement.siblings());
    content.put(ALL, agreement.all());
    content.put(PICTURES, agreement.pictures());
    return content;
  }

  /** Reads a kept agreement; empty where there is none, or it can't be read. */
  private static Optional<RankAgreement> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode kept = JsonFile.read(file);
      boolean whole =
          kept.path(SIBLINGS).isNumber()
              && kept.path(ALL).isNumber()
              && kept.path(PICTURES).isNumber();
      return whole
          ? Optional.of(
              new RankAgreement(
                  kept.path(SIBLINGS).asDouble(),
                  kept.path(ALL).asDouble(),
                  kept.path(PICTURES).asInt()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
