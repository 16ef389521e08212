package org.whisker.feature.evolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.command.TextTable;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.result.RunSummary;

/** The runs of an experiment for the terminal: a table, and a line of what they came to. */
final class EvolveTable {
  private static final double EVEN = 0.5;

  private final TargetClass wanted;
  private final OptionalDouble minimized;

  EvolveTable(EvolvePlan plan) {
    this.wanted = plan.options().objective().target();
    this.minimized = plan.extras().minimized();
  }

  String of(List<RunSummary> runs) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        List.of("RUN", "SEED", "P(CAT)", "PIXELS", "E", "GENERATIONS", "SCORED", "ENDED BY");
    rows.add(with(header, "MINIMAL", "ITS E"));
    for (RunSummary run : runs) {
      RunSummary.Minimal m = run.minimal();
      rows.add(
          with(
              row(run),
              m == null ? "-" : Integer.toString(m.blackPixels()),
              m == null ? "-" : index(m.edgeIndex())));
    }
    return TextTable.of(rows);
  }

  /** The row with more cells where images are minimized. */
  private List<String> with(List<String> row, String... more) {
    List<String> all = new ArrayList<>(row);
    all.addAll(minimized.isPresent() ? List.of(more) : List.of());
    return all;
  }

  private static List<String> row(RunSummary run) {
    String number = Integer.toString(run.run());
    String seed = Long.toString(run.seed());
    RunSummary.Numbers r = run.result();
    if (r == null) {
      return List.of(number, seed, "-", "-", "-", "-", "-", run.ending());
    }
    return List.of(
        number,
        seed,
        String.format(Locale.ROOT, "%.4f", r.catProbability()),
        Integer.toString(r.blackPixels()),
        index(r.edgeIndex()),
        Integer.toString(r.generations()),
        Long.toString(r.evaluations()),
        run.ending());
  }

  private static String index(OptionalDouble edgeIndex) {
    return edgeIndex.isPresent()
        ? String.format(Locale.ROOT, "%.3f", edgeIndex.getAsDouble())
        : "-";
  }

  /** How many images are more of what was wanted than not, and how many were minimized. */
  String summary(List<RunSummary> runs) {
    String name = "p(" + wanted.label() + ")";
    String reached =
        String.format(
            Locale.ROOT, "%d of %d runs reached %s 0.5", crossed(runs), runs.size(), name);
    if (minimized.isEmpty()) {
      return reached;
    }
    long minimal = runs.stream().filter(run -> run.minimal() != null).count();
    return reached
        + String.format(
            Locale.ROOT, ", %d minimized at %s %s", minimal, name, minimized.getAsDouble());
  }

  private long crossed(List<RunSummary> runs) {
    return runs.stream()
        .map(RunSummary::result)
        .filter(r -> r != null && wanted.probability(r.logit()) >= EVEN)
        .count();
  }
}
