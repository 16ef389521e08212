package org.whisker.feature.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.feature.sweep.SweepStatus.StatusRow;
import org.whisker.feature.sweep.SweepStatus.Worker;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** What commands of sweeps say. */
final class SweepText {
  private static final int MOST_GROUPS = 30;
  private static final double KIB_A_RESULT = 4;

  private SweepText() {}

  private static final class Sum {
    private int tasks;
    private double images;
    private double seconds;

    void add(SweepTask task) {
      tasks++;
      images += task.images();
      seconds += task.seconds();
    }
  }

  /** The groups of a plan, for programs. */
  static Document document(SweepPlan plan) {
    return new Document()
        .table("groups", PlannedRow.TABLE, planned(plan))
        .value("tasks", plan.tasks().size())
        .value("images", plan.images())
        .value("seconds", plan.seconds())
        .value("longest_task_seconds", longest(plan));
  }

  private static List<PlannedRow> planned(SweepPlan plan) {
    Map<String, Sum> sums = new LinkedHashMap<>();
    plan.tasks().forEach(task -> sums.computeIfAbsent(task.group(), g -> new Sum()).add(task));
    return plan.groups().stream()
        .map(group -> PlannedRow.of(group, sums.getOrDefault(group.name(), new Sum())))
        .toList();
  }

  private static double longest(SweepPlan plan) {
    return plan.tasks().isEmpty() ? 0 : plan.tasks().get(0).seconds();
  }

  /** A group of a plan. */
  private record PlannedRow(
      String group,
      @Column(meaning = "number of its tasks") int tasks,
      @Column(meaning = "images that are scored, at most") double images,
      @Column(unit = "s", meaning = "time of one process as fast as the one that planned, at most")
          double seconds,
      @Column(meaning = "the options of its command, as the spec gives them") String options) {
    static final Table<PlannedRow> TABLE = Table.of(PlannedRow.class);

    static PlannedRow of(SweepGroup group, Sum sum) {
      return new PlannedRow(
          group.name(), sum.tasks, sum.images, sum.seconds, group.options().toString());
    }
  }

  /** How many, how long, how much. */
  static String of(SweepPlan plan) {
    Columns<PlannedRow> columns =
        Columns.of(PlannedRow.class)
            .with("GROUP", PlannedRow::group)
            .with("TASKS", PlannedRow::tasks)
            .with("IMAGES", row -> Text.of("%,.0f", row.images()))
            .with("TIME", row -> time(row.seconds()))
            .with("OPTIONS", PlannedRow::options);
    int more = plan.groups().size() - MOST_GROUPS;
    return TextTable.of(columns, planned(plan).stream().limit(MOST_GROUPS).toList())
        + (more > 0 ? "and " + more + " more groups\n" : "")
        + Text.of(
            "%,d tasks, %,.0f images at most: %s of one process as fast as this one, the longest"
                + " task %s; results take about %,.0f MiB%s%n",
            plan.tasks().size(),
            plan.images(),
            time(plan.seconds()),
            time(longest(plan)),
            Math.ceil(plan.tasks().size() * KIB_A_RESULT / 1024),
            trains(plan) ? ", and networks what their weights take" : "");
  }

  private static boolean trains(SweepPlan plan) {
    return plan.groups().stream().anyMatch(group -> group.command().equals("train"));
  }

  /** What a worker came to. */
  static String of(WorkResult result) {
    StringBuilder text = new StringBuilder();
    text.append(Text.of("%,d tasks done", result.done()));
    append(text, result.failed(), "fail each time and are not retried");
    append(text, result.left().size(), "could not be done and can be tried again");
    append(text, result.elsewhere(), "batches are with other workers");
    return text.append(result.stopped() ? "; stopped" : "").append('\n').toString();
  }

  private static void append(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(Text.of("; %,d %s", count, what));
    }
  }

  /**
   * How far a sweep is.
   *
   * @param each whether each busy worker has a line
   */
  static String of(SweepStatus status, boolean each) {
    StatusRow row = row(status);
    List<Worker> workers = status.workers();
    StringBuilder text = new StringBuilder();
    text.append(
        Text.of(
            "%,d of %,d tasks done, %,d failed, %,d left; %d workers busy%s%n",
            row.done(),
            row.total(),
            row.failed(),
            row.left(),
            workers.size(),
            left(row.secondsLeft())));
    if (row.conflicts() > 0) {
      text.append(Text.of("%,d tasks have results that differ: conflicts/%n", row.conflicts()));
    }
    for (Worker worker : each ? workers : List.<Worker>of()) {
      text.append(Text.of("  %s: %,d done, at %s%n", worker.id(), worker.done(), worker.task()));
    }
    return text.toString();
  }

  static StatusRow row(SweepStatus status) {
    return new StatusRow(
        status.total(),
        status.done(),
        status.failed(),
        status.left(),
        status.conflicts(),
        status.secondsLeft());
  }

  private static String left(OptionalDouble seconds) {
    return seconds.isPresent() ? ", " + time(seconds.getAsDouble()) + " left" : "";
  }

  static String of(SweepCollector.Result result) {
    StringBuilder text = new StringBuilder();
    for (ExperimentRow row : result.experiments()) {
      if (row.runs() < row.planned()) {
        text.append(
            Text.of(
                "%s %s on %s: %d of %d runs%n",
                row.group(), row.experiment(), row.model(), row.runs(), row.planned()));
      }
    }
    return text.append(
            Text.of(
                "%,d tasks collected, %,d missing, failed or in conflict%n",
                result.done(), result.unfinished()))
        .toString();
  }

  /** A time in the unit that people would use. */
  static String time(double seconds) {
    Duration time = Duration.ofMillis(Math.round(seconds * 1000));
    if (time.toMinutes() < 2) {
      return Text.of("%.1f s", seconds);
    }
    return time.toHours() < 2 ? time.toMinutes() + " min" : Text.of("%,.1f h", seconds / 3600);
  }

  /** Says what work on a sweep came to. */
  static final class WorkReport {
    private WorkReport() {}

    /**
     * Says what came of the work.
     *
     * @param place where the results are kept
     * @return the exit code
     */
    static int of(WorkResult result, String place, Environment environment) {
      environment.out().print(SweepText.of(result));
      byReason(result.left())
          .forEach((why, keys) -> environment.err().println("whisker: " + tasks(keys) + why));
      result
          .conflicts()
          .forEach(
              key ->
                  environment
                      .err()
                      .printf(
                          Locale.ROOT,
                          "whisker: task %s has another result than before; both are kept, see %s%n",
                          key,
                          place + "/" + ResultStore.CONFLICTS));
      return result.left().isEmpty() && result.conflicts().isEmpty()
          ? ExitCode.OK
          : ExitCode.FAILURE;
    }

    /** What stops one task often stops all of them. */
    private static Map<String, List<TaskKey>> byReason(Map<TaskKey, String> left) {
      Map<String, List<TaskKey>> keys = new LinkedHashMap<>();
      left.entrySet().stream()
          .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
          .forEach(
              entry ->
                  keys.computeIfAbsent(entry.getValue(), why -> new ArrayList<>())
                      .add(entry.getKey()));
      return keys;
    }

    private static String tasks(List<TaskKey> keys) {
      int more = keys.size() - 1;
      return more == 0
          ? "task " + keys.get(0) + ": "
          : Text.of("task %s and %d like it: ", keys.get(0), more);
    }
  }
}
