package org.whisker.feature.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a network of a population, what is read off it, and what the question's
 * search came to on it. E is the mean over runs; at a p(cat) it is that of the first image of each
 * run that was at least so sure.
 */
public record PopulationRow(
    @Column(meaning = "name of its folder") String network,
    String architecture,
    @Column(meaning = "seed of its training") long seed,
    @Column(meaning = "flattening or pooled") String head,
    @Column(meaning = "zero, reflect, replicate or circular") String padding,
    @Column(meaning = "position of training photos: centred or shifted") String position,
    @Column(unit = "share", meaning = "share of the test photos classified correctly")
        double testAccuracy,
    @Column(value = "white_p_cat", unit = "probability", meaning = "p(cat) of the white canvas")
        double whiteCatProbability,
    @Column(
            unit = "logit",
            meaning =
                "slope of Δlogit of one black pixel against the edge rank, in logits "
                    + "of not-cat from the border to the centre; above 0, the centre is "
                    + "further from cat")
        double profileSlope,
    @Column(
            meaning =
                "Spearman's rho of Δlogit of one black pixel and its edge rank, over all pixels; empty"
                    + " when Δlogit is constant")
        OptionalDouble profileRank,
    @Column(meaning = "runs of the search, failed ones included") int runs,
    @Column(meaning = "runs that reached the target") int cats,
    @Column(meaning = "runs that reached p(cat) ½") int halves,
    @Column(meaning = "runs that ended without a black pixel") int whites,
    @Column(
            meaning =
                "runs whose final image has at most one black pixel: E is then that of one"
                    + " place, and says little about a preference")
        int fewPixels,
    @Column(
            meaning =
                "E at the target; empty unless at least half of the runs reached it, "
                    + "or where white has it already")
        OptionalDouble edgeIndexOfCats,
    @Column(meaning = "E at p(cat) ½; empty under the same conditions as edge_index_of_cats")
        OptionalDouble edgeIndexAtHalf,
    @Column(meaning = "E of the final images, whatever their p(cat); empty when all are white")
        OptionalDouble edgeIndex,
    @Column(value = "p_cat", unit = "probability", meaning = "mean p(cat) of the final images")
        OptionalDouble catProbability,
    @Column(
            unit = "logit",
            meaning =
                "logit of not-cat of the white canvas less that of the final image, "
                    + "mean over runs")
        OptionalDouble gain,
    @Column(unit = "px", meaning = "mean number of black pixels of the final images")
        OptionalDouble pixels,
    @Column(unit = "share", meaning = "share of the runs that reached the target") double success,
    @Column(meaning = "sha256 of its weights") String sha256) {
  public static final String FILE = "networks.csv";
  public static final Table<PopulationRow> TABLE = Table.of(PopulationRow.class, FILE);
}
