package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Binarised;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Removals;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.table.CounterfactualRow;

/**
 * Flips that make no cat of a cat. Logits are of not-cat: a delta below 0 is towards cat.
 *
 * <ul>
 *   <li>{@code counterfactual.csv}: a row an image; {@code threshold} is empty where it had two
 *       tones, {@code p_cat_original} is that of the picture before it had
 *   <li>{@code images/N/flips.csv}: {@code x,y,from,to,delta_logit,delta_logit_alone}: what a flip
 *       does given the others, and what it does by itself
 *   <li>{@code images/N/before.png, after.png, change.png}
 * </ul>
 */
public final class CounterfactualFiles {
  /** The columns of {@code counterfactual.csv}. */
  public static final List<String> HEADER =
      List.of(
          "group",
          "image",
          "status",
          "threshold",
          "p_cat_original",
          "logit",
          "p_cat",
          "greedy_flips",
          "flips",
          "logit_after",
          "p_cat_after",
          "edge_index_flips",
          "edge_index_ink",
          "evaluations",
          "one_minimal",
          "least_p_cat_with_one_undone",
          "files");

  private static final List<String> FLIPS =
      List.of("x", "y", "from", "to", "delta_logit", "delta_logit_alone");
  private static final int GAP = 18;

  private CounterfactualFiles() {}

  /**
   * An image, before anything is found.
   *
   * @param group the images that it is one of
   * @param file where it is from
   * @param caption what a picture of it is called
   * @param files the name of its own folder, below that of the table
   */
  public record Named(String group, String file, String caption, String files) {}

  /**
   * Writes an image's files, then its row.
   *
   * @param folder of the table
   * @param found empty for what was no cat
   */
  public static void append(
      CsvWriter csv, Path folder, Named name, Binarised image, Optional<Counterfactual> found)
      throws IOException {
    Optional<Removals> flips = found.flatMap(Counterfactual::found);
    if (flips.isPresent()) {
      pictures(folder.resolve(name.files), name.caption, found.orElseThrow(), flips.get());
    }
    row(csv, name, image, found.orElse(null), flips.orElse(null));
    csv.sync();
  }

  private static void row(
      CsvWriter csv,
      Named name,
      Binarised image,
      @Nullable Counterfactual found,
      @Nullable Removals flips)
      throws IOException {
    csv.row(
        name.group,
        name.file,
        CounterfactualRow.status(image, flips != null).label(),
        image.threshold().isPresent() ? image.threshold().get().gray() : null,
        image.originalCatProbability(),
        image.logit(),
        image.catProbability(),
        found == null ? null : found.greedyFlips(),
        flips == null ? null : flips.pixels().count(),
        flips == null ? null : flips.logit(),
        flips == null ? null : 1 - flips.wanted().probability(flips.logit()),
        flips == null ? null : edgeIndex(flips.pixels()),
        CounterfactualRow.inkIndex(image),
        found == null ? null : found.evaluations(),
        flips == null ? null : flips.minimal() ? "yes" : "no",
        flips == null ? null : 1 - flips.largest().orElseThrow(),
        flips == null ? null : name.files);
  }

  private static double edgeIndex(BlackPixels pixels) {
    return new EdgeRank(pixels.canvas()).edgeIndex(pixels).orElseThrow();
  }

  private static void pictures(Path own, String caption, Counterfactual found, Removals flips)
      throws IOException {
    Files.createDirectories(own);
    flips(own.resolve("flips.csv"), found, flips);
    Binarised cat = found.cat();
    ImageFiles.writePng(own.resolve("before.png"), cat.tones().painted(cat.image()));
    ImageFiles.writePng(own.resolve("after.png"), cat.tones().painted(found.after()));
    change(caption, found, flips).writePng(own.resolve("change.png"));
  }

  private static void flips(Path file, Counterfactual found, Removals flips) throws IOException {
    Binarised cat = found.cat();
    Canvas canvas = cat.image().canvas();
    try (CsvWriter csv = CsvWriter.create(file, FLIPS)) {
      for (int i = 0; i < flips.pixels().count(); i++) {
        int pixel = flips.pixels().get(i);
        boolean ink = cat.image().contains(pixel);
        csv.row(
            canvas.x(pixel),
            canvas.y(pixel),
            ink ? cat.tones().ink() : cat.tones().background(),
            ink ? cat.tones().background() : cat.tones().ink(),
            flips.delta(i),
            found.deltaAlone(i));
      }
      csv.finish();
    }
  }

  private static Drawing change(String caption, Counterfactual found, Removals flips) {
    Binarised cat = found.cat();
    int count = flips.pixels().count();
    double after = 1 - flips.wanted().probability(flips.logit());
    String made =
        cat.threshold()
            .map(t -> "black below " + Decimals.rounded(t.gray(), 3) + "; before that " + p(cat))
            .orElse(cat.image().count() + " pixels in ink");
    return Row.across(
        GAP,
        List.of(
            PictureFigure.of(
                cat.tones().painted(cat.image()),
                "before: " + caption,
                "p(cat) " + Decimals.fixed(cat.catProbability(), 4),
                made),
            PictureFigure.of(
                cat.tones().painted(found.after()),
                "after " + count + (count == 1 ? " flip" : " flips"),
                "p(cat) " + Decimals.fixed(after, 4),
                flips.minimal() ? "1-minimal: undo any one and it is a cat" : "not 1-minimal"),
            new FlipsFigure(
                cat.image(),
                flips.pixels(),
                List.of("flipped", "E " + Decimals.fixed(edgeIndex(flips.pixels()), 3)))));
  }

  private static String p(Binarised cat) {
    return "p(cat) " + Decimals.fixed(cat.originalCatProbability(), 4);
  }

  /** Reads what {@link #append} wrote. */
  public static List<CounterfactualRow> read(Path file) throws IOException {
    List<CounterfactualRow> rows = new ArrayList<>();
    for (CsvRow row : Csv.rows(file)) {
      rows.add(CounterfactualRow.read(row));
    }
    return rows;
  }

  /** The flipped pixels of an image, on the canvas of its pictures. */
  static BlackPixels flips(Path folder, CounterfactualRow row) throws IOException {
    Path own = folder.resolve(row.files());
    GrayImage before = ImageFiles.readGray(own.resolve("before.png"));
    List<CsvRow> rows = Csv.rows(own.resolve("flips.csv"));
    int[] pixels = new int[rows.size()];
    for (int i = 0; i < pixels.length; i++) {
      int x = Math.toIntExact(rows.get(i).integer("x"));
      int y = Math.toIntExact(rows.get(i).integer("y"));
      pixels[i] = before.canvas().index(x, y);
    }
    return BlackPixels.of(before.canvas(), pixels);
  }
}
