package org.whisker.job;

import java.io.IOException;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.precision.FastBfloat16;
import org.whisker.torch.precision.PrecisionChoice;
import org.whisker.torch.precision.RankAgreement;

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
}
