package org.whisker.spark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask;

/** What goes between driver and executors, as text: any serializer of Spark takes it. */
final class BatchText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private BatchText() {}

  /** Tasks, a line each. */
  static String of(List<SweepTask> tasks) throws IOException {
    List<String> lines = new ArrayList<>();
    for (SweepTask task : tasks) {
      lines.add(TaskFile.line(task));
    }
    return String.join("\n", lines);
  }

  static List<SweepTask> tasks(String text) throws IOException {
    List<SweepTask> tasks = new ArrayList<>();
    for (String line : text.lines().toList()) {
      tasks.add(TaskFile.read(line));
    }
    return tasks;
  }

  static String of(WorkResult result) throws IOException {
    return MAPPER.writeValueAsString(result);
  }

  static WorkResult result(String text) throws IOException {
    return MAPPER.readValue(text, WorkResult.class);
  }
}
