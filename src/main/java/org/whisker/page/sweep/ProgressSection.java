package org.whisker.page.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.page.DataTable;
import org.whisker.page.Section;
import org.whisker.table.sweep.ExperimentRow;
import org.whisker.table.sweep.SettingRow;
import org.whisker.table.sweep.UnfinishedRow;

/** How far a sweep is, and what went wrong. */
final class ProgressSection {
  private static final int MOST_STATES = 20;

  private ProgressSection() {}

  /** One sentence. */
  static String answer(
      List<ExperimentRow> experiments,
      List<SettingRow> settings,
      int networks,
      UnfinishedTasks unfinished) {
    int runs = settings.stream().mapToInt(SettingRow::runs).sum();
    long whole = experiments.stream().filter(row -> row.runs() == row.planned()).count();
    List<String> parts = new ArrayList<>();
    if (!settings.isEmpty()) {
      parts.add(counted("%,d runs of searches with %,d settings are done", runs, settings.size()));
    }
    if (!experiments.isEmpty()) {
      parts.add("%d of %d experiments have all their runs".formatted(whole, experiments.size()));
    }
    if (networks > 0) {
      parts.add(counted("%,d networks are trained", networks));
    }
    parts.add(
        unfinished.size() == 0
            ? "no task is left"
            : counted("%,d tasks are left", unfinished.size()));
    return String.join("; ", parts) + ".";
  }

  /** Alike wherever it is written. */
  private static String counted(String text, Object... numbers) {
    return String.format(Locale.ROOT, text, numbers);
  }

  static Section of(List<ExperimentRow> experiments, UnfinishedTasks unfinished) {
    List<DataTable> tables = new ArrayList<>();
    if (!experiments.isEmpty()) {
      tables.add(experiments(experiments));
    }
    if (unfinished.size() > 0) {
      tables.add(states(unfinished));
    }
    if (unfinished.wrongs() > 0) {
      tables.add(failures(unfinished));
    }
    return new Section(
        "progress",
        "Progress",
        unfinished.size() == 0 ? "The sweep is done" : "The sweep is not whole",
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

  private static DataTable states(UnfinishedTasks unfinished) {
    List<List<String>> rows =
        unfinished.counts().entrySet().stream()
            .limit(MOST_STATES)
            .map(
                each ->
                    List.of(
                        each.getKey().group(),
                        each.getKey().state(),
                        Integer.toString(each.getValue())))
            .toList();
    int all = unfinished.counts().size();
    return new DataTable(
        List.of("group", "state", "tasks"),
        rows,
        rows.size() < all
            ? counted("Tasks without one result: the first %,d rows of %,d.", rows.size(), all)
            : "Tasks without one result.",
        UnfinishedRow.FILE);
  }

  private static DataTable failures(UnfinishedTasks unfinished) {
    return new DataTable(
        List.of("group", "task", "seed", "state", "message"),
        unfinished.wrong().stream()
            .map(
                row ->
                    List.of(
                        row.group(),
                        row.what(),
                        Long.toString(row.seed()),
                        row.state(),
                        row.message()))
            .toList(),
        unfinished.wrongs() <= UnfinishedTasks.MOST_WRONG
            ? "What failed each time, or has two results."
            : "The first %d of %d that failed each time, or have two results."
                .formatted(UnfinishedTasks.MOST_WRONG, unfinished.wrongs()),
        UnfinishedRow.FILE);
  }
}
