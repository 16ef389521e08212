package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.MinimalSet;
import org.whisker.boundary.Removals;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.table.MinimalRow;
import org.whisker.table.OneMinimal;

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
  private static final int ACROSS = 5;
  private static final int GAP = 18;

  private MinimalFiles() {}

  /**
   * Writes the files of a set.
   *
   * @param folder of {@code minimal.csv}
   * @param tones the grays of the picture
   * @return its row
   */
  public static MinimalRow write(
      Path folder, String start, String file, Tones tones, MinimalSet set) throws IOException {
    if (set.found().isPresent()) {
      Removals found = set.found().get();
      Files.createDirectories(folder.resolve("sets"));
      ImageFiles.writePng(folder.resolve(file + ".png"), tones.painted(found.pixels()));
      pixels(folder.resolve(file + ".csv"), found);
    }
    return MinimalRow.of(start, file, set);
  }

  private static void pixels(Path file, Removals set) throws IOException {
    List<String> header = List.of("x", "y", "delta_logit", "logit_without", "p_cat_without");
    Canvas canvas = set.pixels().canvas();
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < set.pixels().count(); i++) {
        int pixel = set.pixels().get(i);
        float without = set.without(i);
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

  /**
   * Draws {@code minimal.png} and {@code sets.png}.
   *
   * @param folder of the table and the sets
   */
  public static void draw(Path folder, String title, List<MinimalRow> rows) throws IOException {
    new MinimalPlot(title, rows).writePng(folder.resolve("minimal.png"));
    List<Drawing> strips = new ArrayList<>();
    for (List<MinimalRow> sets : MinimalRow.smallestFirst(rows).values()) {
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
        across.add(figure(folder, row));
      }
      rows.add(Row.across(GAP, across));
    }
    return new Row(rows, GAP, true);
  }

  private static Drawing figure(Path folder, MinimalRow row) throws IOException {
    int pixels = row.pixels().orElseThrow();
    String edge =
        row.edgeIndex().isPresent()
            ? ", E " + Decimals.fixed(row.edgeIndex().getAsDouble(), 3)
            : "";
    return PictureFigure.of(
        ImageFiles.readGray(folder.resolve(row.set() + ".png")),
        pixels + (pixels == 1 ? " pixel" : " pixels") + edge,
        "p(cat) "
            + Decimals.fixed(row.pCat().orElseThrow(), 4)
            + (row.target() == 0.5 ? " ≥ ½" : " ≥ " + Decimals.shortest(row.target())),
        "start: " + row.start(),
        row.oneMinimal() == OneMinimal.YES ? "1-minimal" : "not 1-minimal");
  }
}
