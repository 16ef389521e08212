package org.whisker.page.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.page.DataTable;
import org.whisker.page.Section;
import org.whisker.table.sweep.ExperimentRow;
import org.whisker.table.sweep.SettingRow;
import org.whisker.table.sweep.UnfinishedRow;

/** How far a sweep is, and what went wrong. */
final class ProgressSection {
  private static final int MOST_FAILURES = 20;

  private ProgressSection() {}

  /** One sentence. */
  static String answer(
      List<ExperimentRow> experiments, List<SettingRow> settings, List<UnfinishedRow> unfinished) {
    int runs = settings.stream().mapToInt(SettingRow::runs).sum();
    long whole = experiments.stream().filter(row -> row.runs() == row.planned()).count();
    List<String> parts = new ArrayList<>();
    if (!settings.isEmpty()) {
      parts.add("%,d runs of searches with %,d settings are done".formatted(runs, settings.size()));
    }
    if (!experiments.isEmpty()) {
      parts.add("%d of %d experiments have all their runs".formatted(whole, experiments.size()));
    }
    parts.add(
        unfinished.isEmpty()
            ? "no task is left"
            : "%,d tasks are left".formatted(unfinished.size()));
    return String.join("; ", parts) + ".";
  }

  static Section of(List<ExperimentRow> experiments, List<UnfinishedRow> unfinished) {
    List<DataTable> tables = new ArrayList<>();
    if (!experiments.isEmpty()) {
      tables.add(experiments(experiments));
    }
    if (!unfinished.isEmpty()) {
      tables.add(states(unfinished));
    }
    List<UnfinishedRow> wrong =
        unfinished.stream().filter(row -> !row.state().equals("missing")).toList();
    if (!wrong.isEmpty()) {
      tables.add(failures(wrong));
    }
    return new Section(
        "progress",
        "Progress",
        unfinished.isEmpty() ? "The sweep is done" : "The sweep is not whole",
        List.of(),
        List.of(),
        tables,
        List.of());
  }

  private static DataTable experiments(List<ExperimentRow> experiments) {
    return new DataTable(
        List.of("group", "experiment", "model", "runs of an arm", "of"),
        experiments.stream()
            .map(
                row ->
                    List.of(
                        row.group(),
                        row.experiment(),
                        row.model(),
                        Integer.toString(row.runs()),
                        Integer.toString(row.planned())))
            .toList(),
        "Experiments: their tables are of as many runs as all arms have from the first seed on.",
        ExperimentRow.FILE);
  }

  private static DataTable states(List<UnfinishedRow> unfinished) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    unfinished.forEach(row -> counts.merge(List.of(row.group(), row.state()), 1, Integer::sum));
    List<List<String>> rows = new ArrayList<>();
    counts.forEach((of, n) -> rows.add(List.of(of.get(0), of.get(1), Integer.toString(n))));
    return new DataTable(
        List.of("group", "state", "tasks"), rows, "Tasks without one result.", UnfinishedRow.FILE);
  }

  private static DataTable failures(List<UnfinishedRow> wrong) {
    return new DataTable(
        List.of("group", "task", "seed", "state", "message"),
        wrong.stream()
            .limit(MOST_FAILURES)
            .map(
                row ->
                    List.of(
                        row.group(),
                        row.what(),
                        Long.toString(row.seed()),
                        row.state(),
                        row.message()))
            .toList(),
        wrong.size() <= MOST_FAILURES
            ? "What failed each time, or has two results."
            : "The first %d of %d that failed each time, or have two results."
                .formatted(MOST_FAILURES, wrong.size()),
        UnfinishedRow.FILE);
  }
}
