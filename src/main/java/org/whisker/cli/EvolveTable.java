package org.whisker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.report.RunSummary;

/** The runs of an experiment as a table for the terminal. */
final class EvolveTable {
  private static final double CAT = 0.5;

  private EvolveTable() {}

  static String of(List<RunSummary> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RUN", "SEED", "P(CAT)", "PIXELS", "E", "GENERATIONS", "SCORED", "ENDED BY"));
    for (RunSummary run : runs) {
      rows.add(row(run));
    }
    return TextTable.of(rows);
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

  /** How many there are of a cat. */
  static long crossed(List<RunSummary> runs) {
    return runs.stream()
        .map(RunSummary::result)
        .filter(r -> r != null && r.catProbability() >= CAT)
        .count();
  }
}
