package org.whisker.study.evolve;

import java.util.Optional;
import org.whisker.study.InvalidRequestException;
import org.whisker.torch.Precision;

/** A precision as users ask for it: one of two, or whichever turns out to be better. */
public final class SearchPrecision {
  public static final String AUTO = "auto";

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
}
