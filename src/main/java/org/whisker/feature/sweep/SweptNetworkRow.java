package org.whisker.feature.sweep;

import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a network that a sweep has trained. */
public record SweptNetworkRow(
    @Column(meaning = "the configuration, see OptionRow") String group,
    @Column(meaning = "key of the task") String key,
    @Column(meaning = "options that the spec gives, as name=value, separated by spaces")
        String options,
    @Column(meaning = "its folder and figures") TrainedRow trained) {
  public static final String FILE = "networks.csv";
  public static final Table<SweptNetworkRow> TABLE = Table.of(SweptNetworkRow.class, FILE);
}
