package org.whisker.feature.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: E along the climb of the runs on a network, at a p(cat) above that of
 * its white canvas.
 */
public record ClimbLevelRow(
    String network,
    String architecture,
    @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
    @Column(meaning = "runs on the network, failed ones included") int runs,
    @Column(meaning = "runs of which an image was at least so sure") int reached,
    @Column(
            meaning =
                "mean E of the first such image of each of these; empty when there is " + "none")
        OptionalDouble edgeIndex,
    @Column(unit = "px", meaning = "mean number of its black pixels, likewise")
        OptionalDouble pixels) {
  public static final String FILE = "climb.csv";
  public static final Table<ClimbLevelRow> TABLE = Table.of(ClimbLevelRow.class, FILE);
}
