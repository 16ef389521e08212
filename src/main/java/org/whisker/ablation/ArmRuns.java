package org.whisker.ablation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.whisker.image.BlackPixels;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * All runs of an arm: ordered by seed; if networks are trained, by network first.
 *
 * @param runsANetwork number of consecutive runs on the same network
 */
public record ArmRuns(AblationArm arm, List<ArmRun> runs, int runsANetwork) {
  public ArmRuns {
    runs = List.copyOf(runs);
    Checks.refuse(runsANetwork < 1, "runs a network must be at least 1: %s", runsANetwork);
  }

  /** All runs on one network. */
  public ArmRuns(AblationArm arm, List<ArmRun> runs) {
    this(arm, runs, Math.max(1, runs.size()));
  }

  /**
   * The values of the statistical units by their number: runs by seed, or, if networks are trained,
   * networks with the mean of their runs that have a value. A unit without a value is empty.
   */
  public SortedMap<Long, OptionalDouble> units(Measure measure) {
    return units(measure::of);
  }

  /** The values of the statistical units by their number, for any measure of a run. */
  SortedMap<Long, OptionalDouble> units(Function<ArmRun, OptionalDouble> measure) {
    SortedMap<Long, OptionalDouble> units = new TreeMap<>();
    if (!arm.isTrained()) {
      runs.forEach(run -> units.put(run.seed(), measure.apply(run)));
      return units;
    }
    for (int from = 0; from < runs.size(); from += runsANetwork) {
      List<ArmRun> network = runs.subList(from, Math.min(runs.size(), from + runsANetwork));
      units.put((long) from / runsANetwork, DoubleStream.of(values(network, measure)).average());
    }
    return units;
  }

  /** The values of the {@link #units}, without empty ones. */
  public double[] unitValues(Measure measure) {
    return unitValues(measure::of);
  }

  /** The values of the {@link #units} without empty ones, for any measure of a run. */
  double[] unitValues(Function<ArmRun, OptionalDouble> measure) {
    return units(measure).values().stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** The values of the runs, without empty ones. */
  public double[] values(Measure measure) {
    return values(runs, measure::of);
  }

  private static double[] values(List<ArmRun> some, Function<ArmRun, OptionalDouble> measure) {
    return some.stream()
        .map(measure)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** The mean of {@link #values}; empty if there are none. */
  public OptionalDouble mean(Measure measure) {
    return DoubleStream.of(values(measure)).average();
  }

  /** p(target) of the empty canvas, mean over the runs; empty under a flat fitness. */
  public OptionalDouble bareCatProbability() {
    return runs.stream()
        .map(ArmRun::bareCatProbability)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /**
   * Logit against the target of the empty canvas, mean over the runs; empty under a flat fitness.
   */
  OptionalDouble bareLogit() {
    return runs.stream()
        .flatMap(run -> run.outcome().stream())
        .map(ArmRun.Outcome::bareLogit)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /** The highest logit of a first image whose p(target) reached the target; empty if none did. */
  OptionalDouble logitAtTarget() {
    return runs.stream()
        .flatMap(run -> run.atTarget().stream())
        .mapToDouble(ArmRun.Step::logit)
        .max();
  }

  /** The gain of the logit over the empty canvas that at least half of the runs reached. */
  double gainOfHalf() {
    double[] gains = runs.stream().mapToDouble(run -> Measure.GAIN.of(run).orElse(0)).toArray();
    Arrays.sort(gains);
    return gains.length == 0 ? 0 : gains[gains.length / 2];
  }

  /** Sentence that the empty canvas is a cat already; empty where it is not. */
  public Optional<String> whiteCat() {
    OptionalDouble white = bareCatProbability();
    return white.orElse(0) >= Measure.HALF
        ? Optional.of(
            Text.of(
                "the empty canvas of arm %s is a cat already (p %.2f), so where a search puts"
                    + " black pixels"
                    + " says nothing of what makes a cat",
                arm.name(), white.getAsDouble()))
        : Optional.empty();
  }

  /** The number of runs that reached the target. */
  public int successes() {
    return (int) runs.stream().filter(ArmRun::succeeded).count();
  }

  /** The number of runs that reached p(target) ½. */
  public int halfCats() {
    return cats(Measure.EDGE_INDEX_AT_HALF);
  }

  /** How many reached the p(target) at which {@code level} measures E. */
  public int cats(Measure level) {
    return (int) runs.stream().filter(run -> isCat(run, level)).count();
  }

  static boolean isCat(ArmRun run, Measure level) {
    return level == Measure.EDGE_INDEX_AT_TARGET
        ? run.succeeded()
        : run.at(Measure.HALF).isPresent();
  }

  /** How many ended without a black pixel. */
  public int whites() {
    return (int) runs.stream().filter(ArmRun::isWhite).count();
  }

  /**
   * E at the p(target) at which arms are compared: that of the target where at least half of the
   * runs of each arm reached it, else ½ likewise.
   *
   * @return empty where too few runs became cats
   */
  public static Optional<Measure> level(Collection<ArmRuns> arms) {
    return Measure.LEVELS.stream()
        .filter(level -> arms.stream().allMatch(arm -> 2 * arm.cats(level) >= arm.runs().size()))
        .findFirst();
  }

  /** The final images of the runs that did not fail. */
  public List<BlackPixels> images() {
    return runs.stream().flatMap(r -> r.outcome().stream()).map(ArmRun.Outcome::image).toList();
  }
}
