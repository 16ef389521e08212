package org.whisker.table.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: E along the climb of the runs on a network, at a p(cat) above that of
 * its white canvas.
 *
 * @param catProbability the level
 * @param runs on the network, failed ones included
 * @param reached runs of which an image was at least so sure
 * @param edgeIndex mean E of the first such image of each of these; empty when there is none
 * @param pixels mean number of its black pixels, likewise
 */
public record ClimbLevelRow(
    String network,
    String architecture,
    @Column(value = "p_cat", unit = "probability") double catProbability,
    int runs,
    int reached,
    OptionalDouble edgeIndex,
    @Column(unit = "px") OptionalDouble pixels) {
  public static final String FILE = "climb.csv";
  public static final Table<ClimbLevelRow> TABLE = Table.of(ClimbLevelRow.class);
}
