package org.whisker.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.torch.precision.PrecisionChoice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;
import org.whisker.torch.precision.PrecisionChoice.Processor;
import org.whisker.torch.precision.RankAgreement;
import org.whisker.value.IoSupplier;

/** The precision of searches as users ask for it: one of two, or what the rule says. */
public final class SearchPrecision {
  public static final String AUTO = "auto";

  /** The entry of manifests that says what {@value #AUTO} came to, and why. */
  public static final String CHOICE = "precision_choice";

  private static final long PROBE_SEED = 1;

  private SearchPrecision() {}

  /** Empty for {@value #AUTO}. */
  public static Optional<Precision> parse(String label) {
    if (label.equals(AUTO)) {
      return Optional.empty();
    }
    if (!label.equals(Precision.FLOAT32.label()) && !label.equals(Precision.BFLOAT16.label())) {
      throw new InvalidRequestException(
          "--precision must be auto, float32 or bfloat16, was '" + label + "'");
    }
    return Optional.of(Precision.parse("--precision", label));
  }

  /**
   * What {@value #AUTO} is for searches on a model. A module whose layers are not known is scored
   * as it is, in float32.
   *
   * @param settings device and batch of the searches
   * @param kept what was measured before
   */
  public static PrecisionChoice chosen(
      StoredModel model, TorchClassifier.Settings settings, KeptAgreements kept)
      throws IOException {
    return chosen(model, settings, FastBfloat16.on(settings.device()), kept);
  }

  static PrecisionChoice chosen(
      StoredModel model, TorchClassifier.Settings settings, FastBfloat16 device)
      throws IOException {
    return chosen(model, settings, device, KeptAgreements.none());
  }

  static PrecisionChoice chosen(
      StoredModel model,
      TorchClassifier.Settings settings,
      FastBfloat16 device,
      KeptAgreements kept)
      throws IOException {
    if (model.card().isModule()) {
      return new PrecisionChoice(
          new FastBfloat16(false, "a TorchScript module has its own precision"), Optional.empty());
    }
    if (!device.available()) {
      return new PrecisionChoice(device, Optional.empty());
    }
    return new PrecisionChoice(
        device, Optional.of(kept.of(model, settings, () -> agreement(model, settings))));
  }

  private static RankAgreement agreement(StoredModel model, TorchClassifier.Settings settings)
      throws IOException {
    try (Classifier exact = Classifiers.openAny(model, settings.in(Precision.FLOAT32));
        Classifier coarse = Classifiers.openAny(model, settings.in(Precision.BFLOAT16))) {
      return RankAgreement.of(exact, coarse, PROBE_SEED);
    }
  }

  /** A choice in one line. */
  public static String note(PrecisionChoice choice) {
    return "searching in " + choice.precision().label() + ": " + choice.reason();
  }

  /**
   * How far bfloat16 ranks pictures as float32 does, kept in a cache. It is measured again where
   * anything is another that scores depend on: weights, processor or device, threads, batch,
   * versions.
   *
   * @param folder where it is kept; empty: nowhere
   */
  public record KeptAgreements(Optional<Path> folder) {

    /** Keeps nothing. */
    public static KeptAgreements none() {
      return new KeptAgreements(Optional.empty());
    }

    /** Keeps agreements in a cache. */
    public static KeptAgreements in(Path cache) {
      return new KeptAgreements(Optional.of(cache.resolve("ranks")));
    }

    /** Returns the agreement of a model, and measures it where none is kept. */
    RankAgreement of(
        StoredModel model, TorchClassifier.Settings settings, IoSupplier<RankAgreement> measured)
        throws IOException {
      if (folder.isEmpty()) {
        return measured.get();
      }
      Path file = folder.get().resolve(name(model.card(), settings));
      Optional<RankAgreement> kept = read(file);
      if (kept.isPresent()) {
        return kept.get();
      }
      RankAgreement agreement = measured.get();
      Files.createDirectories(folder.get());
      JsonFile.write(file, ConfigJson.write(agreement));
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
              Provenance.whiskerVersion());
      return card.name() + "-" + Sha256.ofText(all).substring(0, 16) + ".json";
    }

    /** Reads a kept agreement; empty where there is none, or it can't be read. */
    private static Optional<RankAgreement> read(Path file) {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(ConfigJson.read(JsonFile.read(file), RankAgreement.class, file));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }
}
