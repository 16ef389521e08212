package org.whisker.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** How often, how long, from which seed, and where to. Each command has defaults of its own. */
public final class RunOptions {
  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Independent runs, each with a seed of its own.")
  private @Nullable Integer runs;

  @Option(names = "--generations", paramLabel = "N", description = "Generations per run.")
  private @Nullable Integer generations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all random numbers. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one, named after the time.")
  private @Nullable Path out;

  /**
   * How many runs, at least 1.
   *
   * @throws InvalidRequestException for fewer
   */
  public int runs(int fallback) {
    return positive("--runs", runs, fallback);
  }

  /**
   * How many generations, at least 1.
   *
   * @throws InvalidRequestException for fewer
   */
  public int generations(int fallback) {
    return positive("--generations", generations, fallback);
  }

  /**
   * How many generations were asked for, at least 1; empty where none were.
   *
   * @throws InvalidRequestException for fewer
   */
  public OptionalInt generations() {
    return generations == null ? OptionalInt.empty() : OptionalInt.of(generations(generations));
  }

  /**
   * How many runs were asked for, at least 1; empty where none were.
   *
   * @throws InvalidRequestException for fewer
   */
  public OptionalInt asked() {
    return runs == null ? OptionalInt.empty() : OptionalInt.of(runs(runs));
  }

  public long seed() {
    return seed;
  }

  public Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  private static int positive(String option, @Nullable Integer value, int fallback) {
    if (value == null) {
      return fallback;
    }
    if (value < 1) {
      throw new InvalidRequestException(option + " must be at least 1, was " + value);
    }
    return value;
  }
}
