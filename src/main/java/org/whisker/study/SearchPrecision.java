package org.whisker.study;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.precision.PrecisionChoice;

/** The precision of searches as users ask for it: one of two, or whichever turns out better. */
public final class SearchPrecision {
  public static final String AUTO = "auto";

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

  /** Whether there are two precisions: a module whose layers are not known has its own. */
  public static boolean isChoice(StoredModel model) {
    return !model.card().isModule();
  }

  /**
   * Measures both on a model whose layers are known.
   *
   * @param settings device and batch of the searches
   * @param nanoTime as {@link System#nanoTime}
   */
  public static PrecisionChoice measured(
      StoredModel model, TorchClassifier.Settings settings, LongSupplier nanoTime)
      throws IOException {
    try (Classifier exact = Classifiers.openAny(model, settings.in(Precision.FLOAT32));
        Classifier coarse = Classifiers.openAny(model, settings.in(Precision.BFLOAT16))) {
      return PrecisionChoice.measure(exact, coarse, settings.batch(), PROBE_SEED, nanoTime);
    }
  }
}
