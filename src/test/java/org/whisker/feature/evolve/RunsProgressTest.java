package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.EvolveRunner.RunListener.RunListeners;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.Progress;

class RunsProgressTest {
  private static final BlackPixels WHITE = BlackPixels.none(Canvas.square(4));

  @TempDir Path home;

  private final List<String> told = new ArrayList<>();

  private RunListeners listeners() {
    JobListener listener =
        new JobListener() {
          @Override
          public Progress begin(String task, long total) {
            told.add(task + " of " + total);
            return new Recorded();
          }

          @Override
          public void warn(String line) {
            told.add("warned: " + line);
          }

          @Override
          public void tablesWritten(Path folder) {
            told.add("drawn " + folder.getFileName());
          }
        };
    return RunListeners.of(
        new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, listener, StopSignal.never()));
  }

  private final class Recorded implements Progress {
    private String message = "";

    @Override
    public void stepTo(long done) {
      told.add(done + ": " + message);
    }

    @Override
    public void extraMessage(String message) {
      this.message = message;
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  private static EvolvePlan plan(EvolutionOptions options) {
    return new EvolvePlan(options, 1, 3, Optional.empty(), EvolveExtras.none());
  }

  private static GenerationStats stats(int generation, double probability, long evaluations) {
    return new GenerationStats(
        generation, 0, 0, 0, probability, 0, 1, OptionalDouble.empty(), 0, evaluations, 0);
  }

  @Test
  void severalRunsAreOneTask() throws IOException {
    EvolvePlan plan = plan(EvolutionOptions.quick().withGenerations(10));
    Supplier<? extends RunListener> lanes = listeners().begin(plan, 3, 2);
    RunListener one = lanes.get();
    RunListener two = lanes.get();
    one.begin(1, plan);
    two.begin(2, plan);
    one.show(stats(4, 0.5, 40), WHITE);
    two.show(stats(1, 0.25, 10), WHITE);
    one.tablesWritten(Path.of("runs/1")); // it came to its target early
    one.end();
    one.begin(3, plan);
    one.show(stats(2, 0.125, 20), WHITE);
    two.note("odd");
    one.end();
    two.end();
    assertEquals(
        List.of(
            "evolving 3 runs of 30",
            "5: 0 of 3 done, best p(target) 0.500",
            "drawn 1",
            "11: 1 of 3 done, best p(target) 0.500",
            "13: 1 of 3 done, best p(target) 0.500",
            "warned: odd",
            "closed"),
        told);
  }

  @Test
  void aRunThatFailedAtOnceIsNotWaitedFor() {
    EvolvePlan plan = plan(EvolutionOptions.quick().withGenerations(10));
    Supplier<? extends RunListener> lanes = listeners().begin(plan, 2, 2);
    RunListener one = lanes.get();
    RunListener two = lanes.get();
    one.begin(1, plan);
    two.begin(2, plan);
    one.end();
    two.show(stats(1, 0.25, 10), WHITE);
    assertEquals(List.of("evolving 2 runs of 20", "1: 0 of 2 done, best p(target) 0.250"), told);
  }

  @Test
  void whereTheNumberOfImagesEndsRunsTheyAreCounted() {
    EvolvePlan plan =
        plan(EvolutionOptions.quick().withStop(StopRules.after(100).withEvaluations(50)));
    for (int together : new int[] {1, 2}) {
      told.clear();
      RunListener run = listeners().begin(plan, 2, together).get();
      run.begin(2, plan);
      run.show(stats(3, 0.5, 53), WHITE);
      run.end();
      String task = together == 1 ? "evolving run 2/3 of 50" : "evolving 2 runs of 100";
      assertEquals(List.of(task, "closed"), List.of(told.get(0), told.get(2)));
      assertEquals(50, Long.parseLong(told.get(1).replaceAll(":.*", "")));
    }
  }
}
