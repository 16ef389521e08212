package org.whisker.feature.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

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

  public String label() {
    return label;
  }

  /** The words for people. */
  public String words() {
    return words;
  }

  public OptionalDouble of(SettingRow setting) {
    return this == CAT_PROBABILITY ? setting.catProbability() : setting.edgeIndex();
  }

  /**
   * A row of {@value #FILE}: the runs of a search with one setting of its options, see {@link
   * OptionEffects.OptionRow}. Intervals are of 95 % over these runs, see {@code docs/intervals.md}.
   */
  public record SettingRow(
      @Column(meaning = "the configuration") String group,
      @Column(meaning = "model, as the spec names it") String model,
      @Column(meaning = "runs that are done, without those that failed") int runs,
      @Column(meaning = "runs") int failed,
      @Column(meaning = "runs whose final image has p(cat) of ½ or more") int cats,
      @Column(
              unit = "share",
              meaning =
                  "share of the runs that are cats, with Wilson's interval; this and the next"
                      + " columns are empty without a run")
          OptionalDouble catShare,
      @Column(unit = "share") OptionalDouble catShareLow,
      @Column(unit = "share") OptionalDouble catShareHigh,
      @Column(value = "p_cat", unit = "probability", meaning = "mean p(cat) of the final images")
          OptionalDouble catProbability,
      @Column(value = "p_cat_low", unit = "probability") OptionalDouble catProbabilityLow,
      @Column(value = "p_cat_high", unit = "probability") OptionalDouble catProbabilityHigh,
      @Column(
              meaning =
                  "mean E of the final images with p(cat) of ½ or more; empty where "
                      + "fewer than half of the runs have one")
          OptionalDouble edgeIndex,
      OptionalDouble edgeIndexLow,
      OptionalDouble edgeIndexHigh,
      @Column(unit = "px", meaning = "mean of the final images") OptionalDouble blackPixels,
      @Column(unit = "images", meaning = "mean number of images scored")
          OptionalDouble evaluations) {
    public static final String FILE = "settings.csv";
    public static final Table<SettingRow> TABLE = Table.of(SettingRow.class, FILE);
  }
}
