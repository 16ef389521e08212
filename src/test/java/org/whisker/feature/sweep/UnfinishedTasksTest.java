package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepPage.UnfinishedTasks;
import org.whisker.feature.sweep.SweepTask.TaskKey;

class UnfinishedTasksTest {
  @TempDir private Path folder;

  private UnfinishedTasks of(int missing, int failed) throws IOException {
    List<UnfinishedRow> rows = new ArrayList<>();
    for (int i = 0; i < missing; i++) {
      rows.add(new UnfinishedRow("m" + i, "missing", "evolve-1", "what", i, ""));
    }
    for (int i = 0; i < failed; i++) {
      rows.add(new UnfinishedRow("f" + i, "failed", "evolve-2", "what", i, "no memory"));
    }
    Path table = folder.resolve(UnfinishedRow.FILE);
    UnfinishedRow.TABLE.write(table, rows);
    return UnfinishedTasks.of(table);
  }

  @Test
  void allAreCountedAndTheFirstFailuresKept() throws IOException {
    UnfinishedTasks tasks = of(3, 25);
    assertEquals(28, tasks.size());
    assertEquals(25, tasks.wrongs());
    assertEquals(
        Map.of(
            new UnfinishedTasks.State("evolve-1", "missing"),
            3,
            new UnfinishedTasks.State("evolve-2", "failed"),
            25),
        tasks.counts());
    assertEquals(UnfinishedTasks.MOST_WRONG, tasks.wrong().size());
    assertEquals("f0", tasks.wrong().get(0).key());
  }

  @Test
  void aSweepThatIsDoneHasNone() throws IOException {
    UnfinishedTasks tasks = of(0, 0);
    assertEquals(0, tasks.size());
    assertEquals(List.of(), tasks.wrong());
  }

  /** What stops one task, such as no place for temporary files, stops all of them. */
  @Test
  void whatStoppedSeveralIsSaidOnce() {
    TestEnvironment test = new TestEnvironment(folder);
    List<TaskKey> keys =
        Stream.of("a", "b", "c").map(digit -> new TaskKey(digit.repeat(32))).toList();
    Map<TaskKey, String> left =
        Map.of(keys.get(2), "no place", keys.get(1), "other", keys.get(0), "no place");
    WorkResult result = new WorkResult(0, 0, left, List.of(), 0, false);
    assertEquals(1, SweepText.WorkReport.of(result, "sweep", test.environment()));
    assertEquals(
        "whisker: task %s and 1 like it: no place\nwhisker: task %s: other\n"
            .formatted(keys.get(0), keys.get(1)),
        test.err());
  }
}
