package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask.TaskKey;

class EngineJobTest {
  @TempDir Path folder;

  private static TaskKey key(int i) {
    return new TaskKey(String.format(Locale.ROOT, "%032x", i));
  }

  /** Arms of four seeds each, of which two go together. */
  private static SweepTask task(int i) {
    return new SweepTask(
        key(i),
        SweepTask.Kind.ARM,
        "ablate-1",
        "arm " + i / 4,
        "m",
        "00",
        i,
        100,
        2.5,
        2,
        JsonNodeFactory.instance.objectNode());
  }

  private Path file(int tasks) throws IOException {
    List<SweepTask> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      all.add(task(i));
    }
    Path file = folder.resolve("tasks.jsonl");
    TaskFile.write(file, all);
    return file;
  }

  private List<EngineJob> jobs(int tasks, Set<TaskKey> finished, int most) throws IOException {
    List<EngineJob> jobs = new ArrayList<>();
    EngineJob.scan(file(tasks), finished, most, jobs::add);
    return jobs;
  }

  private static List<TaskKey> keys(EngineJob job) {
    return job.batches().stream().flatMap(List::stream).map(SweepTask::key).toList();
  }

  @Test
  void aJobIsOfTasksThatAreAlikeInTheirOrder() throws IOException {
    List<EngineJob> jobs = jobs(10, Set.of(), 100);
    assertEquals(
        List.of(
            List.of(key(0), key(1), key(2), key(3)),
            List.of(key(4), key(5), key(6), key(7)),
            List.of(key(8), key(9))),
        jobs.stream().map(EngineJobTest::keys).toList());
    assertEquals(2, jobs.get(0).batches().size());
    assertEquals("ablate-1 arm 2: 2 runs, about 2.50 s each", jobs.get(2).title());
  }

  @Test
  void whatIsFinishedIsInNone() throws IOException {
    List<EngineJob> jobs = jobs(10, Set.of(key(0), key(1), key(2), key(8), key(9)), 100);
    assertEquals(2, jobs.size());
    assertEquals(List.of(key(3)), keys(jobs.get(0)));
    assertEquals(0, jobs(3, Set.of(key(0), key(1), key(2)), 100).size());
  }

  @Test
  void aLongJobIsSeveral() throws IOException {
    List<EngineJob> jobs = jobs(8, Set.of(), 1);
    assertEquals(4, jobs.size());
    assertTrue(jobs.stream().allMatch(job -> job.tasks() == 2));
  }

  @Test
  void nothingIsReadBeyondTheJobThatWasTheLast() throws IOException {
    List<EngineJob> jobs = new ArrayList<>();
    EngineJob.scan(
        file(12),
        Set.of(),
        100,
        job -> {
          jobs.add(job);
          return jobs.size() < 2;
        });
    assertEquals(2, jobs.size());
  }
}
