package org.whisker.table.model;

import org.whisker.table.Table;

/**
 * How many paths lead from pixels to a layer under one padding, relative to the mean pixel.
 *
 * @param border mean over the outermost ring of pixels
 * @param outer mean over the outer half of the image
 * @param inner mean over the inner half
 * @param least of any pixel
 * @param most of any pixel
 * @param withoutPath pixels that no path begins at
 * @param log10Mean logarithm of the mean number of paths, which may fit into no number
 */
public record PathCountRow(
    String padding,
    double border,
    double outer,
    double inner,
    double least,
    double most,
    int withoutPath,
    double log10Mean) {
  public static final Table<PathCountRow> TABLE = Table.of(PathCountRow.class);
}
