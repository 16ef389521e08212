package org.whisker.feature.models;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A classifier that is there. */
public record StoredModelRow(
    String name,
    @Column(meaning = "or what else it is") String architecture,
    @Column(meaning = "width of its input, likewise the height") int width,
    int height,
    @Column(meaning = "trained numbers; empty for a module, whose layers are unknown")
        OptionalLong parameters,
    @Column(
            unit = "share",
            meaning = "accuracy on its test photos; empty where it was not evaluated")
        OptionalDouble accuracy,
    @Column(unit = "probability", meaning = "p(cat) of a white image; likewise")
        OptionalDouble whiteCatProbability) {
  public static final Table<StoredModelRow> TABLE = Table.of(StoredModelRow.class);
}
