package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Ending;
import org.whisker.evolution.RunResult;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;

/**
 * A run as {@code summary.csv} holds it: what it came to, or why it failed.
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
    @Nullable Minimal minimal,
    String message) {
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
          "minimal_pixels",
          "minimal_p_cat",
          "minimal_evaluations",
          "minimal_edge_index",
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

  /**
   * The best image of a run without the pixels that it can spare.
   *
   * @param evaluations images scored to find out; the run's own don't count them
   */
  public record Minimal(
      int blackPixels, double catProbability, long evaluations, OptionalDouble edgeIndex) {}

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
    List<@Nullable Object> cells = new ArrayList<>(List.of(run, seed, ending));
    Numbers r = result;
    cells.addAll(
        r == null
            ? Collections.nCopies(7, null)
            : List.of(
                r.catProbability(),
                r.logit(),
                r.blackPixels(),
                r.edgeIndex(),
                r.generations(),
                r.evaluations(),
                r.cacheHits()));
    Minimal m = minimal;
    cells.addAll(
        m == null
            ? Collections.nCopies(4, null)
            : List.of(m.blackPixels(), m.catProbability(), m.evaluations(), m.edgeIndex()));
    cells.add(message);
    csv.row(cells.toArray());
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
              row.text("minimal_pixels").isEmpty() ? null : minimal(row),
              row.text("message")));
    }
    return runs;
  }

  private static Minimal minimal(CsvRow row) throws IOException {
    return new Minimal(
        Math.toIntExact(row.integer("minimal_pixels")),
        row.number("minimal_p_cat"),
        row.integer("minimal_evaluations"),
        row.optionalNumber("minimal_edge_index"));
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
