package org.whisker.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Ending;
import org.whisker.evolution.RunResult;

/**
 * A run as {@code summary.csv} holds it: what it came to, or why it failed.
 *
 * @param run counted from 1
 * @param ending as {@link Ending} in small letters, or {@value #FAILED}
 * @param result the numbers; null when the run failed
 * @param message why it failed, one line; empty otherwise
 */
public record RunSummary(
    int run, long seed, String ending, @Nullable Numbers result, String message) {
  /** The ending of a run that came to nothing. */
  public static final String FAILED = "failed";

  private static final List<String> HEADER =
      List.of(
          "run",
          "seed",
          "ending",
          "p_cat",
          "logit",
          "black_pixels",
          "edge_index",
          "generations",
          "evaluations",
          "cache_hits",
          "message");

  /** What a run came to; see {@link RunResult}. */
  public record Numbers(
      double catProbability,
      float logit,
      int blackPixels,
      OptionalDouble edgeIndex,
      int generations,
      long evaluations,
      long cacheHits) {}

  public RunSummary {
    message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    if ((result == null) != ending.equals(FAILED)) {
      throw new IllegalArgumentException("run " + run + " ended by " + ending + ", has " + result);
    }
  }

  /** A run that ended. */
  public static RunSummary of(int run, RunResult r) {
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
        "");
  }

  /** A run that failed. */
  public static RunSummary failed(int run, long seed, String why) {
    return new RunSummary(run, seed, FAILED, null, why);
  }

  /** Whether it failed. */
  public boolean isFailed() {
    return result == null;
  }

  /** Whether there is nothing more to do: neither failed nor stopped on the way. */
  public boolean isFinished() {
    return !isFailed() && !ending.equals(Ending.STOPPED.name().toLowerCase(Locale.ROOT));
  }

  /** Writes a row a run. */
  public static void write(Path file, List<RunSummary> runs) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, HEADER)) {
      for (RunSummary run : runs) {
        run.writeTo(csv);
      }
      csv.finish();
    }
  }

  private void writeTo(CsvWriter csv) throws IOException {
    if (result == null) {
      csv.row(run, seed, ending, null, null, null, null, null, null, null, message);
      return;
    }
    csv.row(
        run,
        seed,
        ending,
        result.catProbability(),
        result.logit(),
        result.blackPixels(),
        result.edgeIndex(),
        result.generations(),
        result.evaluations(),
        result.cacheHits(),
        message);
  }

  /** Reads what {@link #write} wrote, to the same bytes when written again. */
  public static List<RunSummary> read(Path file) throws IOException {
    List<RunSummary> runs = new ArrayList<>();
    for (CsvRow row : Csv.rows(file)) {
      runs.add(
          new RunSummary(
              Math.toIntExact(row.integer("run")),
              row.integer("seed"),
              row.text("ending"),
              row.text("ending").equals(FAILED) ? null : numbers(row),
              row.text("message")));
    }
    return runs;
  }

  private static Numbers numbers(CsvRow row) throws IOException {
    return new Numbers(
        row.number("p_cat"),
        (float) row.number("logit"),
        Math.toIntExact(row.integer("black_pixels")),
        row.optionalNumber("edge_index"),
        Math.toIntExact(row.integer("generations")),
        row.integer("evaluations"),
        row.integer("cache_hits"));
  }
}
