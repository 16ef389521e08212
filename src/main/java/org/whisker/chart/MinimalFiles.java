package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.boundary.MinimalSet;
import org.whisker.boundary.Removals;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.table.MinimalRow;

/**
 * Small sets of black pixels that reach a p(cat). Logits are of not-cat.
 *
 * <ul>
 *   <li>{@code minimal.csv}: a row a start and target; the cells of the set are empty where the
 *       search gave up
 *   <li>{@code sets/START-TARGET.png} and {@code .csv}: the set, and {@code
 *       x,y,delta_logit,logit_without,p_cat_without} of each of its pixels, by full passes; {@code
 *       delta_logit} below 0 works towards cat
 *   <li>{@code minimal.png}: pixels by start; {@code sets.png}: the smallest sets
 * </ul>
 */
public final class MinimalFiles {
  /** The columns of {@code minimal.csv}. */
  public static final List<String> HEADER =
      List.of(
          "start",
          "target",
          "start_pixels",
          "start_p_cat",
          "flips_to_target",
          "pixels",
          "logit",
          "p_cat",
          "edge_index",
          "evaluations",
          "one_minimal",
          "largest_p_cat_without_one",
          "set");

  private static final int ACROSS = 5;
  private static final int GAP = 18;

  private MinimalFiles() {}

  /**
   * Writes the files of a set, then its row.
   *
   * @param folder of {@code minimal.csv}
   * @param tones the grays of the picture
   */
  public static void append(
      CsvWriter csv, Path folder, String start, String file, Tones tones, MinimalSet set)
      throws IOException {
    if (set.found().isPresent()) {
      Removals found = set.found().get();
      Files.createDirectories(folder.resolve("sets"));
      ImageFiles.writePng(folder.resolve(file + ".png"), tones.painted(found.pixels()));
      pixels(folder.resolve(file + ".csv"), found);
    }
    row(csv, MinimalRow.of(start, file, set));
    csv.sync();
  }

  private static void pixels(Path file, Removals set) throws IOException {
    List<String> header = List.of("x", "y", "delta_logit", "logit_without", "p_cat_without");
    Canvas canvas = set.pixels().canvas();
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < set.pixels().count(); i++) {
        int pixel = set.pixels().get(i);
        float without = set.without().get(i);
        csv.row(
            canvas.x(pixel),
            canvas.y(pixel),
            set.delta(i),
            without,
            set.wanted().probability(without));
      }
      csv.finish();
    }
  }

  private static void row(CsvWriter csv, MinimalRow row) throws IOException {
    MinimalRow.Found set = row.found().orElse(null);
    csv.row(
        row.start(),
        row.target(),
        row.startPixels(),
        row.startProbability(),
        row.flips(),
        set == null ? null : set.pixels(),
        set == null ? null : (float) set.logit(),
        set == null ? null : set.probability(),
        set == null ? null : set.edgeIndex(),
        row.evaluations(),
        set == null ? null : set.oneMinimal() ? "yes" : "no",
        set == null ? null : set.largestWithout(),
        set == null ? null : set.file());
  }

  /** Reads what {@link #append} wrote. */
  public static List<MinimalRow> read(Path file) throws IOException {
    List<MinimalRow> rows = new ArrayList<>();
    for (CsvRow row : Csv.rows(file)) {
      rows.add(MinimalRow.read(row));
    }
    return rows;
  }

  /** Of each target the rows with a set, the smallest first. */
  public static Map<Double, List<MinimalRow>> smallest(List<MinimalRow> rows) {
    Map<Double, List<MinimalRow>> byTarget = new TreeMap<>();
    for (MinimalRow row : rows) {
      List<MinimalRow> sets = byTarget.computeIfAbsent(row.target(), t -> new ArrayList<>());
      if (row.found().isPresent()) {
        sets.add(row);
      }
    }
    byTarget
        .values()
        .forEach(
            all -> all.sort(Comparator.comparingInt(row -> row.found().orElseThrow().pixels())));
    return byTarget;
  }

  /**
   * Draws {@code minimal.png} and {@code sets.png}.
   *
   * @param folder of the table and the sets
   */
  public static void draw(Path folder, String title, List<MinimalRow> rows) throws IOException {
    new MinimalPlot(title, rows).writePng(folder.resolve("minimal.png"));
    List<Drawing> strips = new ArrayList<>();
    for (List<MinimalRow> sets : smallest(rows).values()) {
      if (!sets.isEmpty()) {
        strips.add(strip(folder, sets));
      }
    }
    if (!strips.isEmpty()) {
      new Row(strips, 2 * GAP, true).writePng(folder.resolve("sets.png"));
    }
  }

  private static Drawing strip(Path folder, List<MinimalRow> sets) throws IOException {
    List<Drawing> rows = new ArrayList<>();
    for (int from = 0; from < sets.size(); from += ACROSS) {
      List<Drawing> across = new ArrayList<>();
      for (MinimalRow row : sets.subList(from, Math.min(sets.size(), from + ACROSS))) {
        across.add(figure(folder, row, row.found().orElseThrow()));
      }
      rows.add(Row.across(GAP, across));
    }
    return new Row(rows, GAP, true);
  }

  private static Drawing figure(Path folder, MinimalRow row, MinimalRow.Found set)
      throws IOException {
    String edge =
        set.edgeIndex().isPresent()
            ? ", E " + Decimals.fixed(set.edgeIndex().getAsDouble(), 3)
            : "";
    return PictureFigure.of(
        ImageFiles.readGray(folder.resolve(set.file() + ".png")),
        List.of(),
        set.pixels() + (set.pixels() == 1 ? " pixel" : " pixels") + edge,
        "p(cat) "
            + Decimals.fixed(set.probability(), 4)
            + (row.target() == 0.5 ? " ≥ ½" : " ≥ " + Decimals.shortest(row.target())),
        "start: " + row.start(),
        set.oneMinimal() ? "1-minimal" : "not 1-minimal");
  }
}
