package org.whisker.ablation;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.whisker.ablation.Observed.Withheld;

/**
 * A manipulation check: images that are hardly better than white give no evidence on where pixels
 * lie. The mean gain of an arm (the logit of not-cat of the empty canvas minus that of the final
 * image) must be at least a share of the control's.
 *
 * @param comparison label of the comparison whose verdict is withheld otherwise
 * @param treated name of the arm that is checked
 * @param control name of the control arm
 * @param share smallest share of the control's mean gain
 */
public record GainCheck(String comparison, String treated, String control, double share)
    implements Function<Ablation.Finished, Optional<Withheld>> {
  /** Half of the control's gain. */
  public static final double HALF = 0.5;

  public GainCheck {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and at most 1, was " + share);
    }
  }

  @Override
  public Optional<Withheld> apply(Ablation.Finished finished) {
    if (!finished.arms().keySet().containsAll(Set.of(treated, control))) {
      return Optional.empty(); // left out
    }
    OptionalDouble least = gain(finished, control);
    OptionalDouble gained = gain(finished, treated);
    if (least.isEmpty() || gained.isEmpty() || gained.getAsDouble() < least.getAsDouble() * share) {
      return Optional.of(new Withheld(comparison, reason(gained, least)));
    }
    return Optional.empty();
  }

  private static OptionalDouble gain(Ablation.Finished finished, String arm) {
    return Objects.requireNonNull(finished.arms().get(arm), arm).mean(Measure.GAIN);
  }

  private String reason(OptionalDouble gained, OptionalDouble least) {
    return gained.isEmpty() || least.isEmpty()
        ? "no run of " + (gained.isEmpty() ? treated : control) + " has an image"
        : String.format(
            Locale.ROOT,
            "the images of %s gain %.2f logits over white, less than %s of the gain of %s (%.2f), so"
                + " the positions of their pixels are no evidence",
            treated,
            gained.getAsDouble(),
            share == HALF ? "half" : Double.toString(share),
            control,
            least.getAsDouble());
  }
}
