package org.whisker.feature.population;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the mean effect of one black pixel in adjacent rings of a network's
 * canvas.
 */
public record NetworkProfileRow(
    String network,
    String architecture,
    @Column(meaning = "middle of the rings' range of the edge rank, 0 (border) to 1 " + "(centre)")
        double edgeRank,
    @Column(unit = "px", meaning = "least distance to the border among their pixels") int nearest,
    @Column(unit = "px", meaning = "greatest distance") int farthest,
    @Column(unit = "logit", meaning = "mean Δlogit of not-cat; below 0 towards cat")
        double meanDeltaLogit) {
  public static final String FILE = "profiles.csv";
  public static final Table<NetworkProfileRow> TABLE = Table.of(NetworkProfileRow.class, FILE);
}
