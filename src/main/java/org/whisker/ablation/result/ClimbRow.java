package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an image of a run that improved on all previous ones; the last row of a
 * run repeats its best p(target) at the total number of images scored.
 */
public record ClimbRow(
    @Column(meaning = "number of the run, from 1") int run,
    long seed,
    @Column(unit = "images", meaning = "number of images scored until then") long evaluations,
    @Column(value = "p_target", unit = "probability", meaning = "p(target) of the image")
        double catProbability,
    @Column(meaning = "edge index E of the image, 0 (border) to 1 (centre); empty when it is white")
        OptionalDouble edgeIndex,
    @Column(unit = "px") OptionalInt blackPixels,
    @Column(
            meaning =
                "first generation in which this was the fittest image, 0 for the founders;"
                    + " empty where the image was not kept")
        OptionalInt generation) {
  public static final String FILE = "climb.csv";
  public static final Table<ClimbRow> TABLE = Table.of(ClimbRow.class, FILE);

  private static final double LATE = 0.8;

  /** The improvements of all runs of an arm, grouped by run. */
  public static List<ClimbRow> of(ArmRuns arm) {
    List<ClimbRow> rows = new ArrayList<>();
    for (int i = 0; i < arm.runs().size(); i++) {
      ArmRun run = arm.runs().get(i);
      if (run.outcome().isPresent()) {
        add(i + 1, run.seed(), run.outcome().get(), rows);
      }
    }
    return rows;
  }

  /** The number of runs that improved in the last fifth of the images that they scored. */
  public static int rising(List<ClimbRow> rows) {
    Map<Integer, List<ClimbRow>> byRun =
        rows.stream().collect(Collectors.groupingBy(ClimbRow::run));
    return (int) byRun.values().stream().filter(ClimbRow::isRising).count();
  }

  /** The last row repeats the best image, so the row before it is the last improvement. */
  private static boolean isRising(List<ClimbRow> run) {
    int last = run.size() - 1;
    return last > 0 && run.get(last - 1).evaluations() >= LATE * run.get(last).evaluations();
  }

  private static void add(int run, long seed, ArmRun.Outcome outcome, List<ClimbRow> rows) {
    for (ArmRun.Step step : outcome.climb()) {
      rows.add(of(run, seed, step.evaluations(), step));
    }
    if (!outcome.climb().isEmpty()) {
      ArmRun.Step last = outcome.climb().get(outcome.climb().size() - 1);
      rows.add(of(run, seed, outcome.evaluations(), last));
    }
  }

  private static ClimbRow of(int run, long seed, long evaluations, ArmRun.Step step) {
    return new ClimbRow(
        run,
        seed,
        evaluations,
        step.catProbability(),
        step.edgeIndex(),
        OptionalInt.of(step.pixels()),
        step.seen().map(seen -> OptionalInt.of(seen.generation())).orElse(OptionalInt.empty()));
  }
}
