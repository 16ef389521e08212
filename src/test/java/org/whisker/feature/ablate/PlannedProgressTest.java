package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.feature.ablate.WorkPlan.Part;
import org.whisker.hypothesis.Experiments;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;

/** How far a plan of three parts is, by a clock that the test turns. */
class PlannedProgressTest {
  private static final WorkPlan PLAN =
      new WorkPlan(
          List.of(
              Part.of("net", "forecast", 20),
              Part.of("net", "barrier", 60),
              Part.of("net", "maps", 19.5)));
  private static final Ablation BARRIER = Experiments.find("barrier").orElseThrow();

  private final List<String> shown = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final PlannedProgress progress =
      new PlannedProgress(
          new JobContext(
              new WhiskerHome(Path.of("")), Clock.systemUTC(), new Heard(), StopSignal.never()),
          PLAN,
          nanos::get);

  @Test
  void eachPartCountsWhatThePlanHasForIt() {
    progress.reach("net", "forecast", 0.5);
    assertEquals("10/100", last());
    progress.reach("net", "forecast", 1);
    assertEquals("20/100", last());
    progress.reach("net", "maps", 1);
    assertEquals("39/100", last());
  }

  @Test
  void whatNobodyCountsPassesByItsTimeAndIsWholeOnlyAtItsEnd() {
    progress.onMeasuring("net", BARRIER);
    assertEquals("0/100", last());
    nanos.set(30_000_000_000L);
    progress.onMeasuring("net", BARRIER);
    assertEquals("30/100", last());
    nanos.set(600_000_000_000L);
    progress.onMeasuring("net", BARRIER);
    assertEquals("59/100", last());
    assertTrue(shown.contains("measuring net barrier, 10.0 min so far"), shown.toString());
    progress.end("net", BARRIER, "");
    assertEquals("60/100", last());
  }

  @Test
  void theWholeIsReachedByTheLastPartAlone() {
    progress.reach("net", "forecast", 1);
    progress.end("net", BARRIER, "");
    progress.reach("net", "maps", 0.999);
    assertEquals("99/100", last());
    progress.reach("net", "maps", 1);
    assertEquals("100/100", last());
  }

  @Test
  void afterATrainingItGoesOnWhereItWas() {
    progress.reach("net", "forecast", 1);
    progress.close();
    progress.reach("net", "maps", 0);
    assertEquals("20/100", last());
    assertEquals(2, shown.stream().filter(PlannedProgress.TASK::equals).count());
  }

  private String last() {
    return shown.get(shown.size() - 1);
  }

  private final class Heard implements JobListener {
    @Override
    public Progress begin(String task, long total) {
      shown.add(task);
      return new Progress() {
        @Override
        public void stepTo(long done) {
          shown.add(done + "/" + total);
        }

        @Override
        public void extraMessage(String message) {
          shown.add(message);
        }

        @Override
        public void close() {}
      };
    }
  }
}
