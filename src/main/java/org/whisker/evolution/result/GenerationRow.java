package org.whisker.evolution.result;

import java.util.OptionalDouble;
import org.whisker.evolution.GenerationStats;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A generation of a run, a row of {@code generations.csv}: the numbers of its fittest individual,
 * of its population, and of the run so far.
 */
public record GenerationRow(
    @Column(meaning = "0 for the founders") int generation,
    @Column(
            meaning =
                "fitness of the fittest individual; p_cat to edge_index describe the "
                    + "same individual")
        double bestFitness,
    double meanFitness,
    double worstFitness,
    @Column(value = "p_cat", unit = "probability") double catProbability,
    @Column(unit = "logit", meaning = "logit of not-cat") float logit,
    int blackPixels,
    @Column(
            meaning =
                "mean edge rank of its black pixels: 0 at the border, ½ expected by "
                    + "chance; empty when the image is white")
        OptionalDouble edgeIndex,
    @Column(meaning = "diversity of the population, 0 to 1") double diversity,
    @Column(meaning = "number of images scored so far") long evaluations,
    @Column(meaning = "number of images so far whose score was already in the cache")
        long cacheHits) {
  public static final String FILE = "generations.csv";
  public static final Table<GenerationRow> TABLE = Table.of(GenerationRow.class, FILE);

  /** The row of a generation. */
  public static GenerationRow of(GenerationStats g) {
    return new GenerationRow(
        g.generation(),
        g.bestFitness(),
        g.meanFitness(),
        g.worstFitness(),
        g.bestCatProbability(),
        g.bestLogit(),
        g.bestPixels(),
        g.edgeIndex(),
        g.diversity(),
        g.evaluations(),
        g.cacheHits());
  }
}
