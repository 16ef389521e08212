package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRun.Step;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.evolution.Objective;
import org.whisker.random.SplitMix64;
import org.whisker.table.Table;

/**
 * How good images are before and after the release of runs that are held to the middle at first,
 * beside free runs at as many generations, at as many images scored, and at as many generations
 * after the release. Of a run it takes the image with the lowest logit so far.
 *
 * @param held names of arms that are held and then released
 * @param free names of the arms that are not
 */
record ReleaseCurve(List<String> held, List<String> free)
    implements Function<Ablation.Finished, SupplementaryTable> {
  private static final int POINTS = 20;

  ReleaseCurve {
    held = List.copyOf(held);
    free = List.copyOf(free);
  }

  @Override
  public SupplementaryTable apply(Ablation.Finished finished) {
    List<ReleaseRow> rows = new ArrayList<>();
    List<ArmRuns> arms =
        Stream.concat(free.stream(), held.stream())
            .flatMap(name -> Stream.ofNullable(finished.arms().get(name)))
            .filter(arm -> arm.runs().stream().anyMatch(run -> !run.isFailed()))
            .toList();
    Curve curve = new Curve(finished, arms);
    for (ArmRuns arm : arms) {
      rows.addAll(curve.of(arm, held.contains(arm.arm().name())));
    }
    return new SupplementaryTable.Tabled(
        "release", List.of(new Table.Rows<>(ReleaseRow.TABLE, rows)));
  }

  private record Curve(Ablation.Finished finished, List<ArmRuns> arms) {
    List<ReleaseRow> of(ArmRuns arm, boolean isHeld) {
      int release = finished.setting().held();
      long generations = most(outcome -> outcome.generations());
      List<ReleaseRow> rows = new ArrayList<>();
      for (long at : grid(generations, release)) {
        rows.add(row(arm, isHeld, ReleaseRow.GENERATIONS, at, step -> generation(step) <= at));
      }
      long images = most(ArmRun.Outcome::evaluations);
      for (long at : grid(images, images)) {
        rows.add(row(arm, isHeld, ReleaseRow.IMAGES, at, step -> step.evaluations() <= at));
      }
      if (isHeld) {
        for (long at : grid(Math.max(0, generations - release), 0)) {
          rows.add(
              row(
                  arm,
                  true,
                  ReleaseRow.SINCE_RELEASE,
                  at,
                  step -> generation(step) <= release + at));
        }
      }
      return rows.stream().filter(row -> row.runs() > 0).toList();
    }

    private long most(ToDoubleFunction<ArmRun.Outcome> measure) {
      return (long)
          arms.stream()
              .flatMap(arm -> arm.runs().stream())
              .flatMap(run -> run.outcome().stream())
              .mapToDouble(measure)
              .max()
              .orElse(0);
    }

    /** Evenly spaced counts from 0 to the most, one more, and that after it. */
    private static SortedSet<Long> grid(long most, long more) {
      SortedSet<Long> grid = new TreeSet<>();
      LongStream.rangeClosed(0, POINTS).forEach(i -> grid.add(most * i / POINTS));
      grid.add(Math.min(most, more));
      return grid;
    }

    private static int generation(Step step) {
      return step.seen().map(ArmRun.Seen::generation).orElse(0);
    }

    private ReleaseRow row(ArmRuns arm, boolean isHeld, String by, long at, Predicate<Step> sofar) {
      List<Step> best =
          arm.runs().stream()
              .flatMap(run -> run.outcome().stream())
              .flatMap(outcome -> last(outcome, sofar).stream())
              .toList();
      double lambda = finished.setting().lambda();
      String name = "ablate release " + arm.arm().name() + " " + by + " " + at;
      RandomGenerator random = SplitMix64.stream(finished.setting().seed(), name, 0);
      Average p = Average.of(each(best, Step::catProbability), Measure.P_CAT, random);
      Average loss =
          Average.of(
              each(best, s -> Objective.crossEntropy(s.logit()) + lambda * s.pixels()), random);
      Average pixels = Average.of(each(best, Step::pixels), random);
      return new ReleaseRow(
          arm.arm().name(),
          isHeld,
          finished.setting().held(),
          by,
          at,
          best.size(),
          p.mean(),
          p.low(),
          p.high(),
          loss.mean(),
          loss.low(),
          loss.high(),
          pixels.mean(),
          pixels.low(),
          pixels.high());
    }

    private static Optional<Step> last(ArmRun.Outcome outcome, Predicate<Step> sofar) {
      return outcome.climb().stream().filter(sofar).reduce((first, second) -> second);
    }

    private static double[] each(List<Step> steps, ToDoubleFunction<Step> value) {
      return steps.stream().mapToDouble(value).toArray();
    }
  }
}
