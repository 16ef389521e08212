package org.whisker.evolution.result;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of an experiment's {@code summary.csv}: the result of a run, or why it failed. */
public record RunSummary(
    @Column(meaning = "counted from 1") int run,
    long seed,
    @Column(meaning = "the Ending in lower case, or failed") String ending,
    @Column(meaning = "the result; null when the run failed") @Nullable Numbers result,
    @Column(
            value = "minimal_",
            meaning =
                "its image reduced to the pixels it needs; null when the image was "
                    + "not minimized")
        @Nullable Minimal minimal,
    @Column(meaning = "why it failed, in one line; empty otherwise") String message) {
  public static final String FILE = "summary.csv";
  public static final Table<RunSummary> TABLE = Table.of(RunSummary.class, FILE);

  /** The ending of a failed run. */
  public static final String FAILED = "failed";

  /** The result of a run; see {@link RunResult}. */
  public record Numbers(
      @Column(
              value = "p_target",
              unit = "probability",
              meaning = "p(target) of the best image, 0 to 1")
          double catProbability,
      @Column(unit = "logit", meaning = "logit against the target of the best image") float logit,
      @Column(meaning = "number of black pixels of the best image") int blackPixels,
      @Column(
              meaning =
                  "mean edge rank of the black pixels of the best image, 0 to 1: ½ is "
                      + "expected by chance, lower is nearer the edge; empty when the image "
                      + "is white")
          OptionalDouble edgeIndex,
      int generations,
      @Column(meaning = "number of images scored") long evaluations,
      @Column(meaning = "number of images whose score was already in the cache") long cacheHits) {}

  /** The best image of a run without its dispensable pixels. */
  public record Minimal(
      @Column("pixels") int blackPixels,
      @Column(value = "p_target", unit = "probability") double catProbability,
      @Column(
              meaning =
                  "number of images scored during minimization, not included in those "
                      + "of the run")
          long evaluations,
      OptionalDouble edgeIndex) {}

  public RunSummary {
    message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    if ((result == null) != ending.equals(FAILED)) {
      throw new IllegalArgumentException("run " + run + " ended by " + ending + ", has " + result);
    }
  }

  public static RunSummary of(int run, RunResult r) {
    return of(run, r, Optional.empty());
  }

  /** A run that ended, and its best image after minimization. */
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

  public static RunSummary failed(int run, long seed, String why) {
    return new RunSummary(run, seed, FAILED, null, null, why);
  }

  /** The result; empty when the run failed. */
  public Optional<Numbers> numbers() {
    return Optional.ofNullable(result);
  }

  public boolean isFailed() {
    return result == null;
  }

  /** Whether the run is complete: it neither failed nor was stopped early. */
  public boolean isFinished() {
    return !isFailed() && !ending.equals(Ending.STOPPED.name().toLowerCase(Locale.ROOT));
  }
}
