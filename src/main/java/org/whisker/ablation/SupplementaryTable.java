package org.whisker.ablation;

import java.util.List;
import org.whisker.table.Table;

/**
 * Further tables of an experiment, beyond those of its arms. The hypothesis that has them lists
 * them, so that the guide has their columns.
 */
public record SupplementaryTable(List<Table.Rows<?>> tables) {
  public SupplementaryTable {
    tables = List.copyOf(tables);
  }

  public static <R extends Record> SupplementaryTable of(Table<R> table, List<R> rows) {
    return new SupplementaryTable(List.of(new Table.Rows<>(table, rows)));
  }
}
