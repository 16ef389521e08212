package org.whisker.table.population;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the mean effect of one black pixel in adjacent rings of a network's
 * canvas.
 *
 * @param edgeRank middle of the rings' range of the edge rank, 0 (border) to 1 (centre)
 * @param nearest least distance to the border among their pixels
 * @param farthest greatest distance
 * @param meanDeltaLogit mean Δlogit of not-cat; below 0 towards cat
 */
public record NetworkProfileRow(
    String network,
    String architecture,
    double edgeRank,
    @Column(unit = "px") int nearest,
    @Column(unit = "px") int farthest,
    @Column(unit = "logit") double meanDeltaLogit) {
  public static final String FILE = "profiles.csv";
  public static final Table<NetworkProfileRow> TABLE = Table.of(NetworkProfileRow.class);
}
