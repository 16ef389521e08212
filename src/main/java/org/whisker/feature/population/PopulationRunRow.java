package org.whisker.feature.population;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.ablation.ArmRun;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a run of the question's search on a network of a population. */
public record PopulationRunRow(
    String network,
    long seed,
    @Column(meaning = "why it ended: target, generations or failed") String ending,
    @Column(unit = "px", meaning = "black pixels of the final image; empty when it failed")
        OptionalDouble pixels,
    @Column(meaning = "edge index of it; empty when it is white") OptionalDouble edgeIndex,
    @Column(value = "p_cat", unit = "probability") OptionalDouble catProbability,
    @Column(unit = "images", meaning = "images scored until p(cat) first reached the target")
        OptionalLong evaluationsToTarget,
    @Column(unit = "images", meaning = "images scored") OptionalLong evaluations,
    OptionalLong generations) {
  public static final String FILE = "runs.csv";
  public static final Table<PopulationRunRow> TABLE = Table.of(PopulationRunRow.class, FILE);

  /** The row of a run. */
  public static PopulationRunRow of(String network, ArmRun run) {
    if (run.outcome().isEmpty()) {
      OptionalDouble none = OptionalDouble.empty();
      OptionalLong no = OptionalLong.empty();
      return new PopulationRunRow(network, run.seed(), run.ending(), none, none, none, no, no, no);
    }
    ArmRun.Outcome outcome = run.outcome().get();
    return new PopulationRunRow(
        network,
        run.seed(),
        run.ending(),
        OptionalDouble.of(outcome.image().count()),
        outcome.edgeIndex(),
        run.catProbability(),
        outcome.toTarget(),
        OptionalLong.of(outcome.evaluations()),
        OptionalLong.of(outcome.generations()));
  }
}
