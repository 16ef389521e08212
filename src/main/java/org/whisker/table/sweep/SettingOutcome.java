package org.whisker.table.sweep;

import java.util.OptionalDouble;
import java.util.function.Function;

/** What an option of a search may change, a number a setting. */
public enum SettingOutcome {
  CAT_PROBABILITY("p_cat", "mean p(cat) of final images", SettingRow::catProbability),
  EDGE_INDEX("edge_index", "mean E of images with p(cat) ≥ ½", SettingRow::edgeIndex);

  private final String label;
  private final String words;
  private final Function<SettingRow, OptionalDouble> value;

  SettingOutcome(String label, String words, Function<SettingRow, OptionalDouble> value) {
    this.label = label;
    this.words = words;
    this.value = value;
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
    return value.apply(setting);
  }
}
