package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks without one result, counted row by row: when a sweep begins that are all of them, and there
 * may be a million.
 */
final class UnfinishedTasks {
  static final int MOST_WRONG = 20;

  private static final String MISSING = "missing";

  private final Map<State, Integer> counts = new LinkedHashMap<>();
  private final List<UnfinishedRow> wrong = new ArrayList<>();

  /** Of a group. */
  record State(String group, String state) {}

  private UnfinishedTasks() {}

  static UnfinishedTasks of(Path table) throws IOException {
    UnfinishedTasks tasks = new UnfinishedTasks();
    UnfinishedRow.TABLE.scan(table, (row, at) -> tasks.add(row));
    return tasks;
  }

  private void add(UnfinishedRow row) {
    counts.merge(new State(row.group(), row.state()), 1, Integer::sum);
    if (!row.state().equals(MISSING) && wrong.size() < MOST_WRONG) {
      wrong.add(row);
    }
  }

  /** How many there are in each state, in the order of the table. */
  Map<State, Integer> counts() {
    return counts;
  }

  /** The first that failed each time, or have two results. */
  List<UnfinishedRow> wrong() {
    return wrong;
  }

  int size() {
    return counts.values().stream().mapToInt(n -> n).sum();
  }

  /** How many are not merely missing. */
  int wrongs() {
    return counts.entrySet().stream()
        .filter(each -> !each.getKey().state().equals(MISSING))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
