package org.whisker.feature.models;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** How many paths lead from pixels to a layer under one padding, relative to the mean pixel. */
public record PathCountRow(
    String padding,
    @Column(meaning = "mean over the outermost ring of pixels") double border,
    @Column(meaning = "mean over the outer half of the image") double outer,
    @Column(meaning = "mean over the inner half") double inner,
    @Column(meaning = "least of any pixel") double least,
    @Column(meaning = "most of any pixel") double most,
    @Column(meaning = "pixels that no path begins at") int withoutPath,
    @Column(meaning = "logarithm of the mean number of paths, which may fit into no number")
        double log10Mean) {
  public static final Table<PathCountRow> TABLE = Table.of(PathCountRow.class);
}
