package org.whisker.feature.sweep;

import java.util.OptionalDouble;

/** What an option of a search may change, a number a setting. */
public enum SettingOutcome {
  CAT_PROBABILITY("p_cat", "mean p(cat) of final images"),
  EDGE_INDEX("edge_index", "mean E of images with p(cat) ≥ ½");

  private final String label;
  private final String words;

  SettingOutcome(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** As tables name it. */
  public String label() {
    return label;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  public OptionalDouble of(SettingRow setting) {
    return this == CAT_PROBABILITY ? setting.catProbability() : setting.edgeIndex();
  }
}
