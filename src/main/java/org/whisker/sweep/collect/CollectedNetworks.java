package org.whisker.sweep.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.whisker.sweep.SweepTask;
import org.whisker.sweep.TaskResult;
import org.whisker.sweep.plan.SweepGroup;
import org.whisker.table.experiment.TrainedRow;
import org.whisker.table.sweep.SweptNetworkRow;

/** The networks that a sweep has trained. */
final class CollectedNetworks {
  private final List<Found> found = new ArrayList<>();

  private record Found(String group, String key, TrainedRow row) {}

  /** Takes a network that is trained. */
  void add(SweepTask task, TaskResult result) throws IOException {
    if (!result.isFailed()) {
      String text = result.table(TrainedRow.FILE);
      TrainedRow row = TrainedRow.TABLE.parse(text, Path.of(TrainedRow.FILE)).get(0);
      found.add(new Found(task.group(), task.key(), row));
    }
  }

  /** Writes the table, in the order of the plan's configurations and of seeds. */
  void write(Path folder, List<SweepGroup> groups) throws IOException {
    Map<String, Integer> places = new HashMap<>();
    groups.forEach(group -> places.put(group.name(), places.size()));
    found.sort(
        Comparator.comparing((Found one) -> places.getOrDefault(one.group(), 0))
            .thenComparing(one -> one.row().seed()));
    SweptNetworkRow.TABLE.write(
        folder.resolve(SweptNetworkRow.FILE),
        found.stream()
            .map(
                one ->
                    new SweptNetworkRow(
                        one.group(),
                        one.key(),
                        options(groups.get(places.getOrDefault(one.group(), 0))),
                        one.row()))
            .toList());
  }

  private static String options(SweepGroup group) {
    return group.options().entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(" "));
  }
}
