package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.whisker.image.BlackPixels;

/** All runs of an arm, by ascending seed. */
public record ArmRuns(AblationArm arm, List<ArmRun> runs) {
  public ArmRuns {
    runs = List.copyOf(runs);
  }

  /** The values of the runs that have one. */
  public double[] values(Measure measure) {
    return runs.stream()
        .map(measure::of)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** The mean of {@link #values}; empty when there is none. */
  public OptionalDouble mean(Measure measure) {
    return DoubleStream.of(values(measure)).average();
  }

  /** p(cat) of the empty canvas, mean over the runs; empty when no network was asked. */
  public OptionalDouble bareCatProbability() {
    return runs.stream()
        .map(ArmRun::bareCatProbability)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /** How many reached the target. */
  public int successes() {
    return (int) runs.stream().filter(ArmRun::succeeded).count();
  }

  /** The final images of the runs that did not fail. */
  public List<BlackPixels> images() {
    return runs.stream().flatMap(r -> r.outcome().stream()).map(ArmRun.Outcome::image).toList();
  }
}
