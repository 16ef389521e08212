package org.whisker.table.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the runs of a search with one setting of its options, see {@link
 * OptionRow}. Intervals are of 95 % over these runs, see {@code docs/intervals.md}.
 *
 * @param group the configuration
 * @param model as the spec names it
 * @param runs that are done, without those that failed
 * @param failed runs
 * @param cats runs whose final image has p(cat) of ½ or more
 * @param catShare of the runs, with Wilson's interval; empty without a run, as are the next
 * @param catProbability mean p(cat) of the final images
 * @param edgeIndex mean E of the final images with p(cat) of ½ or more; empty where fewer than half
 *     of the runs have one
 * @param blackPixels mean of the final images
 * @param evaluations mean number of images scored
 */
public record SettingRow(
    String group,
    String model,
    int runs,
    int failed,
    int cats,
    @Column(unit = "share") OptionalDouble catShare,
    @Column(unit = "share") OptionalDouble catShareLow,
    @Column(unit = "share") OptionalDouble catShareHigh,
    @Column(value = "p_cat", unit = "probability") OptionalDouble catProbability,
    @Column(value = "p_cat_low", unit = "probability") OptionalDouble catProbabilityLow,
    @Column(value = "p_cat_high", unit = "probability") OptionalDouble catProbabilityHigh,
    OptionalDouble edgeIndex,
    OptionalDouble edgeIndexLow,
    OptionalDouble edgeIndexHigh,
    @Column(unit = "px") OptionalDouble blackPixels,
    @Column(unit = "images") OptionalDouble evaluations) {
  public static final String FILE = "settings.csv";
  public static final Table<SettingRow> TABLE = Table.of(SettingRow.class);
}
