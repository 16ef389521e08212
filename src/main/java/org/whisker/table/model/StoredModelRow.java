package org.whisker.table.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A classifier that is there.
 *
 * @param architecture or what else it is
 * @param width of its input, likewise the height
 * @param parameters trained numbers; empty for a module, whose layers are unknown
 * @param accuracy on its test photos; empty where it was not evaluated
 * @param whiteCatProbability p(cat) of a white image; likewise
 */
public record StoredModelRow(
    String name,
    String architecture,
    int width,
    int height,
    OptionalLong parameters,
    @Column(unit = "share") OptionalDouble accuracy,
    @Column(unit = "probability") OptionalDouble whiteCatProbability) {
  public static final Table<StoredModelRow> TABLE = Table.of(StoredModelRow.class);
}
