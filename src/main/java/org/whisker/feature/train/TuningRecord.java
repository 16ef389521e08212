package org.whisker.feature.train;

import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.classifier.TrainingRecord;
import org.whisker.training.FineTuning;

/** What a model's card says of having been trained on from another model's weights. */
public final class TuningRecord {
  /** What a card calls the model whose weights were trained on. */
  public static final String KEY = "init";

  private static final String RATE = "release-rate";

  /** What it calls their SHA-256. */
  public static final String SHA256 = "init-sha256";

  private static final String FROZEN = "frozen-epochs";

  private TuningRecord() {}

  /**
   * The rate at which all layers were trained, if a card tells of one.
   *
   * @throws IllegalArgumentException when that is no number
   */
  public static OptionalDouble releaseRate(TrainingRecord record) {
    String rate = record.options().get(RATE);
    try {
      return rate == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(rate));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "its card has a %s of '%s', expected a number".formatted(RATE, rate), e);
    }
  }

  /** A card's record without what {@link #named} says. */
  static TrainingRecord without(TrainingRecord record) {
    return record.without(KEY, SHA256, FROZEN, RATE);
  }

  /** How a model was trained on, by the names that users type. */
  static Map<String, String> named(FineTuning tuning) {
    return Map.of(
        KEY, tuning.model(),
        SHA256, tuning.sha256(),
        FROZEN, Integer.toString(tuning.frozenEpochs()),
        RATE, Double.toString(tuning.releaseRate()));
  }
}
