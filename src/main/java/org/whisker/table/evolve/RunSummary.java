package org.whisker.table.evolve;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Ending;
import org.whisker.evolution.RunResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A run, a row of an experiment's {@code summary.csv}: what it came to, or why it failed.
 *
 * @param run counted from 1
 * @param ending as {@link Ending} in small letters, or {@value #FAILED}
 * @param result the numbers; null when the run failed
 * @param minimal of its image with as few pixels as it needs; null when there is none
 * @param message why it failed, one line; empty otherwise
 */
public record RunSummary(
    int run,
    long seed,
    String ending,
    @Nullable Numbers result,
    @Column("minimal_") @Nullable Minimal minimal,
    String message) {
  public static final String FILE = "summary.csv";
  public static final Table<RunSummary> TABLE = Table.of(RunSummary.class);

  /** The ending of a run that came to nothing. */
  public static final String FAILED = "failed";

  /**
   * What a run came to; see {@link RunResult}.
   *
   * @param catProbability p(cat) of the best image, 0 to 1
   * @param logit of not-cat of the best image
   * @param blackPixels of the best image
   * @param edgeIndex of the best image, 0 to 1: ½ is chance, lower is nearer the edge; empty when
   *     the image is white
   * @param generations that were bred
   * @param evaluations images scored
   * @param cacheHits images whose score was already known
   */
  public record Numbers(
      @Column("p_cat") double catProbability,
      @Column(unit = "logit") float logit,
      int blackPixels,
      OptionalDouble edgeIndex,
      int generations,
      long evaluations,
      long cacheHits) {}

  /**
   * The best image of a run without the pixels that it can spare.
   *
   * @param evaluations images scored to find out; the run's own don't count them
   */
  public record Minimal(
      @Column("pixels") int blackPixels,
      @Column("p_cat") double catProbability,
      long evaluations,
      OptionalDouble edgeIndex) {}

  public RunSummary {
    message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    if ((result == null) != ending.equals(FAILED)) {
      throw new IllegalArgumentException("run " + run + " ended by " + ending + ", has " + result);
    }
  }

  /** A run that ended. */
  public static RunSummary of(int run, RunResult r) {
    return of(run, r, Optional.empty());
  }

  /** A run that ended, and what its best image was minimized to. */
  public static RunSummary of(int run, RunResult r, Optional<Minimal> minimal) {
    return new RunSummary(
        run,
        r.seed(),
        r.ending().name().toLowerCase(Locale.ROOT),
        new Numbers(
            r.catProbability(),
            r.best().logit(),
            r.blackPixels(),
            r.edgeIndex(),
            r.generations(),
            r.evaluations(),
            r.cacheHits()),
        minimal.orElse(null),
        "");
  }

  /** A run that failed. */
  public static RunSummary failed(int run, long seed, String why) {
    return new RunSummary(run, seed, FAILED, null, null, why);
  }

  /** What it came to; empty when it failed. */
  public Optional<Numbers> numbers() {
    return Optional.ofNullable(result);
  }

  /** Whether it failed. */
  public boolean isFailed() {
    return result == null;
  }

  /** Whether there is nothing more to do: neither failed nor stopped on the way. */
  public boolean isFinished() {
    return !isFailed() && !ending.equals(Ending.STOPPED.name().toLowerCase(Locale.ROOT));
  }
}
