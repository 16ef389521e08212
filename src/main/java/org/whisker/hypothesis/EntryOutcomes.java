package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.Measure;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.StartRow;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;
import org.whisker.table.Table;

/** What the arms of {@link Entry} came to: success, gain and cost of each, and E by the start. */
record EntryOutcomes(FinishedArms finished) {
  private static final double LEVEL = 0.95;

  static SupplementaryTable of(FinishedArms finished) {
    EntryOutcomes outcomes = new EntryOutcomes(finished);
    return new SupplementaryTable(
        List.of(
            new Table.Rows<>(EntryEffortRow.TABLE, outcomes.costs()),
            new Table.Rows<>(StartRow.TABLE, outcomes.starts())));
  }

  private List<EntryEffortRow> costs() {
    return finished.arms().values().stream()
        .filter(arm -> !arm.runs().isEmpty())
        .map(this::cost)
        .toList();
  }

  private EntryEffortRow cost(ArmRuns arm) {
    int runs = arm.runs().size();
    int successes = arm.successes();
    Interval share = ShareInterval.of(successes, runs, LEVEL);
    Average gain = average(arm, Measure.GAIN);
    Average images = average(arm, Measure.EVALUATIONS);
    Average pixels = Average.of(each(arm, EntryOutcomes::pixels), random(arm, "pixels"));
    return new EntryEffortRow(
        arm.arm().name(),
        runs,
        successes,
        (double) successes / runs,
        share.low(),
        share.high(),
        gain.mean(),
        gain.low(),
        gain.high(),
        arm.mean(Measure.P_TARGET),
        images.mean(),
        images.low(),
        images.high(),
        pixels.mean(),
        pixels.low(),
        pixels.high());
  }

  private Average average(ArmRuns arm, Measure measure) {
    return Average.of(arm.values(measure), measure, random(arm, measure.label()));
  }

  private RandomGenerator random(ArmRuns arm, String what) {
    return SplitMix64.stream(
        finished.setting().seed(), "ablate entry " + arm.arm().name() + " " + what, 0);
  }

  private static double[] each(ArmRuns arm, ToDoubleFunction<ArmRun> value) {
    return arm.runs().stream().filter(run -> !run.isFailed()).mapToDouble(value).toArray();
  }

  /** Number of black pixels at the target, or at the end where the target was not reached. */
  private static double pixels(ArmRun run) {
    return run.atTarget()
        .map(ArmRun.Step::pixels)
        .orElseGet(() -> run.outcome().orElseThrow().image().count());
  }

  /** E of the added pixels, where all arms are compared at one p(target) if they can be. */
  private List<StartRow> starts() {
    Map<String, ArmRuns> arms = finished.arms();
    List<Start> starts = new ArrayList<>();
    for (String kind : List.of(StartRow.GIVEN, StartRow.AT_ONCE)) {
      boolean given = kind.equals(StartRow.GIVEN);
      starts.add(new Start(kind, given ? 0 : 1, Entry.FREE));
      for (int count : Entry.counts(finished.setting().canvas())) {
        starts.add(new Start(kind, count, given ? Entry.given(count) : Entry.atOnce(count)));
      }
    }
    List<Start> done = starts.stream().filter(start -> arms.containsKey(start.arm())).toList();
    Measure measure = level(done.stream().flatMap(this::both).toList());
    return done.stream().map(start -> row(start, measure)).toList();
  }

  private record Start(String kind, int count, String arm) {}

  private Stream<ArmRuns> both(Start start) {
    return Stream.of(start.arm(), Entry.rolled(start.arm()))
        .flatMap(name -> Stream.ofNullable(finished.arms().get(name)));
  }

  private static Measure level(Collection<ArmRuns> arms) {
    Optional<Measure> level = ArmRuns.level(arms);
    return level.orElse(Measure.EDGE_INDEX);
  }

  private StartRow row(Start start, Measure measure) {
    double[] own = values(start.arm(), measure);
    double[] rolled = values(Entry.rolled(start.arm()), measure);
    Average direct = Average.of(own, measure, random(start, "own"));
    Average behind = Average.of(rolled, measure, random(start, "rolled"));
    return new StartRow(
        start.kind(),
        start.count(),
        start.arm(),
        measure.label(),
        own.length,
        direct.mean(),
        direct.low(),
        direct.high(),
        rolled.length,
        behind.mean(),
        behind.low(),
        behind.high());
  }

  private double[] values(String arm, Measure measure) {
    @Nullable ArmRuns runs = finished.arms().get(arm);
    return runs == null ? new double[0] : runs.values(measure);
  }

  private RandomGenerator random(Start start, String what) {
    return SplitMix64.stream(
        finished.setting().seed(), "ablate entry start " + start.arm() + " " + what, 0);
  }

  /**
   * A mean over runs with its 95 % interval.
   *
   * @param mean empty if no run has a value
   * @param low lower end of the interval; empty below two values
   * @param high upper end
   */
  record Average(OptionalDouble mean, OptionalDouble low, OptionalDouble high) {
    /** The mean of any values, with an interval by the bootstrap. */
    static Average of(double[] values, RandomGenerator random) {
      return of(values, random, Bootstrap.standard()::mean);
    }

    /** The mean of values of a measure, with an interval within what these can be. */
    static Average of(double[] values, Measure measure, RandomGenerator random) {
      return of(values, random, measure::interval);
    }

    private static Average of(
        double[] values,
        RandomGenerator random,
        BiFunction<double[], RandomGenerator, Interval> interval) {
      OptionalDouble mean = DoubleStream.of(values).average();
      if (values.length < 2) {
        return new Average(mean, OptionalDouble.empty(), OptionalDouble.empty());
      }
      Interval range = interval.apply(values, random);
      return new Average(mean, OptionalDouble.of(range.low()), OptionalDouble.of(range.high()));
    }
  }
}
