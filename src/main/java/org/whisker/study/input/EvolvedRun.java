package org.whisker.study.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.position.BlackTime;
import org.whisker.position.PixelContributions;

/**
 * One folder {@code runs/N} that evolve wrote.
 *
 * @param best of {@code best.png}, which {@code best.csv} agrees with
 * @param contributions where {@code best.csv} has them
 */
record EvolvedRun(Path folder, NamedImage best, Optional<PixelContributions> contributions) {
  private static final String HISTORY = "best-history.csv";
  private static final List<String> CHANGES = List.of("generation", "x", "y", "black");

  /**
   * Reads one.
   *
   * @param tones the grays that its picture was painted in
   */
  static EvolvedRun read(Path folder, Tones tones) throws IOException {
    Path png = existing(folder, "best.png");
    Path csv = existing(folder, "best.csv");
    BlackPixels drawn = written(tones).inked(ImageFiles.readGray(png));
    PixelRows rows = new PixelRows(drawn.canvas());
    List<String> header = Csv.scan(csv, rows::add);
    PixelRows.requireColumns(csv, header, List.of("x", "y"));
    BlackPixels listed = rows.image(csv.toString());
    if (!listed.equals(drawn)) {
      throw new IOException(
          "%s lists %d pixels, %s shows %d others or elsewhere; one of them was changed"
              .formatted(csv, listed.count(), png.getFileName(), drawn.count()));
    }
    return new EvolvedRun(
        folder,
        new NamedImage(png, drawn),
        header.contains(PixelRows.DELTA)
            ? Optional.of(rows.contributions(drawn))
            : Optional.empty());
  }

  /** These in the grays that a picture file has. */
  private static Tones written(Tones tones) {
    return new Tones(
        Math.round(tones.background() * 255) / 255f, Math.round(tones.ink() * 255) / 255f);
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
    return Files.exists(folder.resolve(HISTORY));
  }

  /** For how long which pixel was black, from the history of the best image. */
  BlackTime history() throws IOException {
    Canvas canvas = best.image().canvas();
    Path generations = folder.resolve("generations.csv");
    Span span = new Span();
    Csv.scan(generations, span::add);
    if (span.first < 0) {
      throw new IOException(generations + " has no generation");
    }
    BlackTime time = new BlackTime(canvas, span.first, span.last);
    Path history = folder.resolve(HISTORY);
    List<String> header = Csv.scan(history, row -> change(row, time, canvas));
    PixelRows.requireColumns(history, header, CHANGES);
    return time;
  }

  private static void change(CsvRow row, BlackTime time, Canvas canvas) throws IOException {
    int x = PixelRows.coordinate(row, "x", canvas.width());
    int y = PixelRows.coordinate(row, "y", canvas.height());
    long black = row.integer("black");
    long generation = row.integer("generation");
    if (black != 0 && black != 1) {
      throw row.error("black is " + black + ", expected 0 or 1");
    }
    try {
      time.change((int) Math.max(-1, Math.min(Integer.MAX_VALUE, generation)), x, y, black == 1);
    } catch (IllegalArgumentException e) {
      throw row.error(String.valueOf(e.getMessage()));
    }
  }

  /** The first and the last generation of a table that has each in its turn. */
  private static final class Span {
    private int first = -1;
    private int last = -1;

    void add(CsvRow row) throws IOException {
      long generation = row.integer("generation");
      if (first < 0 && generation >= 0 && generation < Integer.MAX_VALUE) {
        first = (int) generation;
      } else if (first < 0 || generation != last + 1L) {
        throw row.error(
            "generation is " + generation + (first < 0 ? "" : ", expected " + (last + 1L)));
      }
      last = (int) generation;
    }
  }
}
