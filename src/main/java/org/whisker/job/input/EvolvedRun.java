package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.BestHistory.GenerationRow;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Csv.CsvRow;
import org.whisker.job.input.ImageSet.NamedImage;
import org.whisker.job.input.PixelCsv.PixelRows;
import org.whisker.position.BlackTime;
import org.whisker.position.PixelContributions;
import org.whisker.table.Table;

/**
 * One folder {@code runs/N} that evolve wrote.
 *
 * @param best the image of {@code best.png}, which {@code best.csv} agrees with
 * @param contributions where {@code best.csv} has them
 */
record EvolvedRun(Path folder, NamedImage best, Optional<PixelContributions> contributions) {
  private static final Table<Numbered> GENERATIONS = Table.of(Numbered.class);

  /** All that is wanted of a row of {@value GenerationRow#FILE}. */
  private record Numbered(long generation) {}

  /**
   * Reads one.
   *
   * @param tones the colours that its picture was painted in
   */
  static EvolvedRun read(Path folder, Tones tones) throws IOException {
    Path png = existing(folder, "best.png");
    Path csv = existing(folder, "best.csv");
    Tones written = new Tones(tones.background().rounded(), tones.ink().rounded());
    BlackPixels drawn = written.inked(ImageFiles.read(png, written.planes()));
    PixelRows rows = new PixelRows(drawn.canvas());
    List<String> header = PixelRow.TABLE.scan(csv, rows::add);
    BlackPixels listed = rows.image(csv.toString());
    if (!listed.equals(drawn)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s lists %d pixels, %s shows %d others or elsewhere; one of them was changed",
              csv,
              listed.count(),
              png.getFileName(),
              drawn.count()));
    }
    return new EvolvedRun(
        folder,
        new NamedImage(png, drawn),
        header.contains(PixelRow.DELTA)
            ? Optional.of(rows.contributions(drawn))
            : Optional.empty());
  }

  private static Path existing(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new IOException(
          folder + " has no " + name + ": the run did not end; remove it, or use --skip-bad");
    }
    return file;
  }

  boolean hasHistory() {
    return Files.exists(folder.resolve(BestHistory.FILE));
  }

  /** The time for which each pixel was black, from the history of the best image. */
  BlackTime history() throws IOException {
    Canvas canvas = best.image().canvas();
    Path generations = folder.resolve(GenerationRow.FILE);
    Span span = new Span();
    GENERATIONS.scan(generations, span::add);
    if (span.first < 0) {
      throw new IOException(generations + " has no generation");
    }
    BlackTime time = new BlackTime(canvas, span.first, span.last);
    Path history = folder.resolve(BestHistory.FILE);
    BestHistory.TABLE.scan(history, (change, at) -> add(change, at, time));
    return time;
  }

  private void add(BestHistory.Change change, CsvRow at, BlackTime time) throws IOException {
    PixelRow.index(best.image().canvas(), change.x(), change.y(), at);
    try {
      time.change(change.generation(), change.x(), change.y(), change.black());
    } catch (IllegalArgumentException e) {
      throw at.error(String.valueOf(e.getMessage()));
    }
  }

  /** The first and the last generation of a table that has each in its turn. */
  private static final class Span {
    private int first = -1;
    private int last = -1;

    void add(Numbered row, CsvRow at) throws IOException {
      long generation = row.generation();
      if (first < 0 && generation >= 0 && generation < Integer.MAX_VALUE) {
        first = (int) generation;
      } else if (first < 0 || generation != last + 1L) {
        throw at.error(
            "generation is " + generation + (first < 0 ? "" : ", expected " + (last + 1L)));
      }
      last = (int) generation;
    }
  }
}
