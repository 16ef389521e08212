package org.whisker.diagnosis.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: neighbouring rows or columns of pixels on which no logit depends. */
public record UnreadRow(
    @Column(meaning = "rows or columns") String axis,
    @Column(unit = "px", meaning = "the first of them, from 0") int from,
    @Column(unit = "px", meaning = "the last of them") int to,
    @Column(meaning = "whether they lie along the border: border or within") String where) {
  public static final String FILE = "unread.csv";
  public static final Table<UnreadRow> TABLE = Table.of(UnreadRow.class, FILE);

  /** In place of a side: between rows or columns that are read. */
  public static final String WITHIN = "within";

  /** Along the border. */
  public static final String BORDER = "border";
}
