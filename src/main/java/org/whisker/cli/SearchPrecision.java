package org.whisker.cli;

import java.util.Optional;
import org.whisker.torch.Precision;

/** A precision as users ask for it: one of two, or whichever turns out to be better. */
final class SearchPrecision {
  static final String AUTO = "auto";

  private SearchPrecision() {}

  /** Empty for {@value #AUTO}. */
  static Optional<Precision> parse(String label) {
    if (label.equals(AUTO)) {
      return Optional.empty();
    }
    if (!label.equals(RunningOptions.label(Precision.FLOAT32))
        && !label.equals(RunningOptions.label(Precision.BFLOAT16))) {
      throw new UsageException(
          "--precision must be auto, float32 or bfloat16, was '" + label + "'");
    }
    return Optional.of(RunningOptions.parse("--precision", label));
  }
}
