package org.whisker.feature.train;

import java.util.Map;
import java.util.TreeMap;
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
  static final String FEATURES = "feature-weight";

  private TeachingRecord() {}

  /** How a model was taught, by the names that users type. */
  static Map<String, String> named(Distillation how) {
    Map<String, String> named = new TreeMap<>();
    named.put(KEY, how.model());
    named.put(SHA256, how.sha256());
    named.put(TEMPERATURE, Double.toString(how.temperature()));
    named.put(MIXUP, Double.toString(how.mixup()));
    named.put(VIEWS, Integer.toString(how.views()));
    if (how.ofFeatures()) {
      named.put(FEATURES, Double.toString(how.featureWeight()));
    }
    return named;
  }

  /** A card's record without what {@link #named} says. */
  static TrainingRecord without(TrainingRecord record) {
    return record.without(KEY, SHA256, TEMPERATURE, MIXUP, VIEWS, FEATURES);
  }
}
