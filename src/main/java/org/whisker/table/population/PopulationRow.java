package org.whisker.table.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a network of a population, what is read off it, and what the question's
 * search came to on it. E is the mean over runs; at a p(cat) it is that of the first image of each
 * run that was at least so sure.
 *
 * @param network name of its folder
 * @param seed of its training
 * @param head {@code flattening} or {@code pooled}
 * @param padding zero, reflect, replicate or circular
 * @param position of training photos: {@code centred} or {@code shifted}
 * @param testAccuracy share of the test photos classified correctly
 * @param whiteCatProbability p(cat) of the white canvas
 * @param profileSlope slope of Δlogit of one black pixel against the edge rank, in logits of
 *     not-cat from the border to the centre; above 0, the centre is further from cat
 * @param profileRank Spearman's rho of the same over all pixels; empty when Δlogit is constant
 * @param runs of the search, failed ones included
 * @param cats runs that reached the target
 * @param halves runs that reached p(cat) ½
 * @param whites runs that ended without a black pixel
 * @param edgeIndexOfCats E at the target; empty unless at least half of the runs reached it, or
 *     where white has it already
 * @param edgeIndexAtHalf E at p(cat) ½, likewise
 * @param edgeIndex E of the final images, whatever their p(cat); empty when all are white
 * @param catProbability mean p(cat) of the final images
 * @param gain logit of not-cat of the white canvas less that of the final image, mean over runs
 * @param pixels mean number of black pixels of the final images
 * @param success share of the runs that reached the target
 * @param sha256 of its weights
 */
public record PopulationRow(
    String network,
    String architecture,
    long seed,
    String head,
    String padding,
    String position,
    @Column(unit = "share") double testAccuracy,
    @Column(value = "white_p_cat", unit = "probability") double whiteCatProbability,
    @Column(unit = "logit") double profileSlope,
    OptionalDouble profileRank,
    int runs,
    int cats,
    int halves,
    int whites,
    OptionalDouble edgeIndexOfCats,
    OptionalDouble edgeIndexAtHalf,
    OptionalDouble edgeIndex,
    @Column(value = "p_cat", unit = "probability") OptionalDouble catProbability,
    @Column(unit = "logit") OptionalDouble gain,
    @Column(unit = "px") OptionalDouble pixels,
    @Column(unit = "share") double success,
    String sha256) {
  public static final String FILE = "networks.csv";
  public static final Table<PopulationRow> TABLE = Table.of(PopulationRow.class);
}
