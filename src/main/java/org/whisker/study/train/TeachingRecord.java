package org.whisker.study.train;

import java.util.Map;
import org.whisker.classifier.TrainingRecord;
import org.whisker.training.Distillation;

/** What a model's card says of having been taught by another model. */
public final class TeachingRecord {
  /** What a card calls the teacher. */
  public static final String KEY = "teacher";

  /** What it calls the SHA-256 of the teacher's weights. */
  public static final String SHA256 = "teacher-sha256";

  static final String TEMPERATURE = "temperature";
  static final String MIXUP = "mixup";
  static final String VIEWS = "views";

  private TeachingRecord() {}

  /** How a model was taught, by the names that users type. */
  static Map<String, String> named(Distillation how) {
    return Map.of(
        KEY, how.model(),
        SHA256, how.sha256(),
        TEMPERATURE, Double.toString(how.temperature()),
        MIXUP, Double.toString(how.mixup()),
        VIEWS, Integer.toString(how.views()));
  }

  /** A card's record without what {@link #named} says. */
  static TrainingRecord without(TrainingRecord record) {
    return record.without(KEY, SHA256, TEMPERATURE, MIXUP, VIEWS);
  }
}
