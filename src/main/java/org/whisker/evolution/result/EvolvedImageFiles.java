package org.whisker.evolution.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.io.Csv.CsvRow;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * An image of a run as two files: {@code NAME.png}, one pixel per canvas pixel, and {@code
 * NAME.csv}, with one {@link PixelRow} per inked pixel.
 */
public final class EvolvedImageFiles {
  /** The name of a run's fittest image. */
  public static final String BEST = "best";

  private EvolvedImageFiles() {}

  /** Writes a run's fittest image, black on white, without the effects of its pixels. */
  public static void best(Path folder, BlackPixels best) throws IOException {
    best(folder, best, Tones.standard());
  }

  /** Writes a run's fittest image in the given tones, without the effects of its pixels. */
  public static void best(Path folder, BlackPixels best, Tones tones) throws IOException {
    picture(folder, BEST, best, tones);
    PixelRow.write(folder.resolve(BEST + ".csv"), best);
  }

  /**
   * Writes an image of a run with the effect of each pixel.
   *
   * @param name such as {@code best} or {@code minimal}
   * @param deltas change of the logit by each pixel, see {@link PixelRow}
   * @throws IllegalArgumentException unless there is one per pixel
   */
  public static void image(Path folder, String name, BlackPixels image, float[] deltas, Tones tones)
      throws IOException {
    Checks.refuse(
        deltas.length != image.count(), "%s changes for %s", deltas.length, image.count());
    picture(folder, name, image, tones);
    PixelRow.write(folder.resolve(name + ".csv"), image, deltas);
  }

  /** Writes the picture of an image of a run alone. */
  public static void picture(Path folder, String name, BlackPixels image, Tones tones)
      throws IOException {
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve(name + ".png"), tones.painted(image));
  }

  /**
   * The colours in which the images of an experiment are painted, according to its manifest; black
   * on white when it has none.
   *
   * @throws IllegalArgumentException for what is no colour
   */
  public static Tones tones(JsonNode manifest) {
    JsonNode evolution = manifest.path("evolution");
    Tones usual = Tones.standard();
    return new Tones(
        Tone.parse(evolution.path("background").asText(usual.background().toString())),
        Tone.parse(evolution.path("ink").asText(usual.ink().toString())));
  }

  /**
   * An inked pixel of an image, a row of {@code best.csv} or {@code minimal.csv}, in row-major
   * order.
   */
  public record PixelRow(
      @Column(meaning = "column from the left, from 0") int x,
      @Column(meaning = "row from the top, from 0") int y,
      @Column(
              unit = "logit",
              optional = true,
              single = true,
              meaning =
                  "logit against the target with the pixel minus that without it: below 0 is "
                      + "towards the target (the opposite sign in folders whose manifest does not "
                      + "state the sign); empty when it was not measured")
          OptionalDouble deltaLogit) {
    /** The column that is missing from tables without a measurement. */
    public static final String DELTA = "delta_logit";

    public static final Table<PixelRow> TABLE = Table.of(PixelRow.class);
    private static final Table<PixelRow> PLACES = TABLE.without(DELTA);

    /** Writes the pixels of an image, without their effects. */
    static void write(Path file, BlackPixels image) throws IOException {
      List<PixelRow> rows = new ArrayList<>();
      for (int pixel : image.indices()) {
        rows.add(of(image.canvas(), pixel, OptionalDouble.empty()));
      }
      PLACES.write(file, rows);
    }

    /** Writes the pixels of an image with the effect of each. */
    static void write(Path file, BlackPixels image, float[] deltas) throws IOException {
      List<PixelRow> rows = new ArrayList<>();
      for (int i = 0; i < deltas.length; i++) {
        rows.add(of(image.canvas(), image.get(i), OptionalDouble.of(deltas[i])));
      }
      TABLE.write(file, rows);
    }

    private static PixelRow of(Canvas canvas, int pixel, OptionalDouble delta) {
      return new PixelRow(canvas.x(pixel), canvas.y(pixel), delta);
    }

    /**
     * The image of these rows, in any order.
     *
     * @throws IllegalArgumentException when a pixel is not on the canvas, or listed twice
     */
    public static BlackPixels image(Canvas canvas, List<PixelRow> rows) {
      int[] pixels = rows.stream().mapToInt(row -> canvas.index(row.x, row.y)).toArray();
      return BlackPixels.of(canvas, pixels);
    }

    /**
     * The pixel at these coordinates.
     *
     * @throws IOException naming file and line when they are not on the canvas
     */
    public static int index(Canvas canvas, int x, int y, CsvRow at) throws IOException {
      requireWithin("x", x, canvas.width(), at);
      requireWithin("y", y, canvas.height(), at);
      return canvas.index(x, y);
    }

    private static void requireWithin(String name, int value, int length, CsvRow at)
        throws IOException {
      if (value < 0 || value >= length) {
        throw at.error(
            name + " is " + value + ", outside the canvas: it runs from 0 to " + (length - 1));
      }
    }
  }
}
