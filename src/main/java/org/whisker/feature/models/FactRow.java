package org.whisker.feature.models;

import org.whisker.table.Table;

/** Something that is known of a model or a machine, in words. */
public record FactRow(String item, String value) {
  public static final Table<FactRow> TABLE = Table.of(FactRow.class);
}
