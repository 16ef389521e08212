package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.whisker.boundary.Margin;
import org.whisker.chart.MarginPlot;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;

/**
 * Margins of images. Logits are of not-cat.
 *
 * <ul>
 *   <li>{@code margins.csv}: a row an image; {@code flips} is empty where the search gave up, and
 *       {@code last_logit} is where it was then
 *   <li>{@code summary.csv}: a row a group and side; {@code not_reached} counts those on which the
 *       search gave up, and the median counts them as infinitely far (an empty cell)
 *   <li>{@code margins.png}: all of them
 * </ul>
 */
public final class MarginFiles {
  /** The columns of {@code margins.csv}. */
  public static final List<String> HEADER =
      List.of(
          "group",
          "image",
          "side",
          "logit",
          "p_cat",
          "flips",
          "linear_flips",
          "gradient_norm",
          "linear_distance",
          "last_logit");

  private MarginFiles() {}

  /** The margin of one image. */
  public record Row(String group, String image, Margin margin) {}

  /** Appends one. */
  public static void append(CsvWriter csv, Row row) throws IOException {
    Margin margin = row.margin;
    csv.row(
        row.group,
        row.image,
        margin.isCat() ? "cat" : "not-cat",
        margin.logit(),
        margin.catProbability(),
        margin.flips(),
        margin.linearFlips(),
        margin.gradientNorm(),
        margin.linearDistance(),
        margin.lastLogit());
  }

  /** How many whole rows an interrupted {@code margins.csv} has. */
  public static int known(Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    return Csv.rows(Files.exists(partial) ? partial : file).size();
  }

  /** Reads what {@link #append} wrote. */
  public static List<Row> read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (CsvRow row : Csv.rows(file)) {
      try {
        Margin margin =
            new Margin(
                (float) row.number("logit"),
                row.number("gradient_norm"),
                count(row, "linear_flips"),
                count(row, "flips"),
                (float) row.number("last_logit"));
        rows.add(new Row(row.text("group"), row.text("image"), margin));
      } catch (IllegalArgumentException e) {
        throw row.error(String.valueOf(e.getMessage()));
      }
    }
    return rows;
  }

  private static OptionalInt count(CsvRow row, String column) throws IOException {
    return row.text(column).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(row.integer(column)));
  }

  /** By group and by the side that the model sees them on, in the order of their first images. */
  public static Map<String, List<Margin>> bySide(List<Row> rows) {
    Map<String, List<Margin>> sides = new LinkedHashMap<>();
    for (Row row : rows) {
      String side = row.group + (row.margin.isCat() ? ", seen as cat" : ", seen as not-cat");
      sides.computeIfAbsent(side, name -> new ArrayList<>()).add(row.margin);
    }
    return sides;
  }

  /**
   * Writes {@code summary.csv} and {@code margins.png}.
   *
   * @param maxFlips where the search gave up
   */
  public static void summary(Path folder, String title, List<Row> rows, int maxFlips)
      throws IOException {
    Map<String, List<Margin>> sides = bySide(rows);
    List<String> header =
        List.of(
            "images",
            "count",
            "not_reached",
            "median_flips",
            "median_linear_flips",
            "median_linear_distance",
            "median_abs_logit");
    try (CsvWriter csv = CsvWriter.create(folder.resolve("summary.csv"), header)) {
      for (Map.Entry<String, List<Margin>> side : sides.entrySet()) {
        List<Margin> margins = side.getValue();
        csv.row(
            side.getKey(),
            margins.size(),
            margins.stream().filter(m -> m.flips().isEmpty()).count(),
            median(margins, m -> number(m.flips())),
            median(margins, m -> number(m.linearFlips())),
            median(margins, Margin::linearDistance),
            median(margins, m -> Math.abs(m.logit())));
      }
      csv.finish();
    }
    new MarginPlot(title, sides, maxFlips).writePng(folder.resolve("margins.png"));
  }

  /** Infinite where there is none. */
  public static double number(OptionalInt count) {
    return count.isPresent() ? count.getAsInt() : Double.POSITIVE_INFINITY;
  }

  /** The median; empty where it is infinite. */
  public static OptionalDouble median(List<Margin> margins, ToDoubleFunction<Margin> value) {
    double[] sorted = margins.stream().mapToDouble(value).sorted().toArray();
    double low = sorted[(sorted.length - 1) / 2];
    double high = sorted[sorted.length / 2];
    return Double.isInfinite(high) ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
  }
}
