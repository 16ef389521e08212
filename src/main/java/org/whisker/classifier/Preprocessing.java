package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.whisker.value.Checks;

/**
 * How gray values become a network's input: {@code (gray - mean) / sd}, the same in every channel,
 * or with a mean and an sd for each.
 *
 * @param mean in gray values, 0 black to 1 white; one, or one per channel
 * @param sd in gray values, above 0; the same number
 */
public record Preprocessing(
    @JsonFormat(
            with = {
              Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        List<Float> mean,
    @JsonFormat(
            with = {
              Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        List<Float> sd) {
  public Preprocessing {
    mean = List.copyOf(mean);
    sd = List.copyOf(sd);
    if (mean.isEmpty() || mean.size() != sd.size()) {
      throw new IllegalArgumentException(
          "mean and sd need as many numbers: mean " + mean + ", sd " + sd);
    }
    if (!mean.stream().allMatch(m -> Float.isFinite(m))) {
      throw new IllegalArgumentException("mean must be a number: " + text(mean));
    }
    if (!sd.stream().allMatch(s -> s > 0 && s < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sd must be above 0: " + text(sd));
    }
  }

  /** One mean and one standard deviation for all channels. */
  public Preprocessing(float mean, float sd) {
    this(List.of(mean), List.of(sd));
  }

  /** Leaves gray values unchanged. */
  public static Preprocessing identity() {
    return new Preprocessing(0, 1);
  }

  @JsonIgnore
  public boolean isIdentity() {
    return isUniform() && mean.get(0) == 0 && sd.get(0) == 1;
  }

  /** Whether all channels are treated the same. */
  @JsonIgnore
  public boolean isUniform() {
    return mean.stream().distinct().count() == 1 && sd.stream().distinct().count() == 1;
  }

  /**
   * Checks it against a network's input.
   *
   * @throws IllegalArgumentException if there is neither one number nor one per channel
   */
  public Preprocessing checked(int channels) {
    Checks.refuse(
        mean.size() != 1 && mean.size() != channels,
        "mean and sd have %d numbers for %d channels; give one, or one a channel",
        mean.size(),
        channels);
    return this;
  }

  /** In words: what becomes of the colours or grays of a picture of so many planes. */
  public String of(int planes) {
    return (planes == 1 ? "(gray - " : "(colour - ") + text(mean) + ") / " + text(sd);
  }

  @Override
  public String toString() {
    return "(gray - " + text(mean) + ") / " + text(sd);
  }

  private static String text(List<Float> values) {
    return values.size() == 1 ? values.get(0).toString() : values.toString();
  }
}
