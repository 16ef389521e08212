package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.position.PixelContributions;
import org.whisker.table.Table;

/** Reads black pixels from a CSV file: {@code run,x,y}, a row a pixel, in any order. */
final class PixelCsv {
  private static final String RUN = "run";
  private static final Table<Place> COLUMNS = Table.of(Place.class);

  private final Path file;
  private final Canvas canvas;
  private final BadInputs bad;
  private final boolean measured;
  private final Map<String, Optional<PixelRows>> runs = new LinkedHashMap<>();
  // Rows of a run mostly follow each other.
  private @Nullable String lastName;
  private Optional<PixelRows> last = Optional.empty();

  /** The columns that the file must have. */
  private record Place(String run, int x, int y) {}

  private PixelCsv(Path file, Canvas canvas, BadInputs bad, boolean measured) {
    this.file = file;
    this.canvas = canvas;
    this.bad = bad;
    this.measured = measured;
  }

  /**
   * Reads the file; a run with a bad row is bad as a whole.
   *
   * @param measured whether contributions will be measured, so that those in the file don't count
   */
  static ImageSet read(Path file, Canvas canvas, BadInputs bad, boolean measured)
      throws IOException {
    return new PixelCsv(file, canvas, bad, measured).read();
  }

  private ImageSet read() throws IOException {
    List<String> header = Csv.scan(file, this::row);
    COLUMNS.requireColumns(file, header);
    boolean weighted = header.contains(PixelRow.DELTA) && !measured;
    List<BlackPixels> images = new ArrayList<>();
    List<PixelContributions> contributions = new ArrayList<>();
    for (Map.Entry<String, Optional<PixelRows>> run : runs.entrySet()) {
      if (run.getValue().isPresent()) {
        try {
          PixelRows rows = run.getValue().get();
          BlackPixels image = rows.image(file + ": run " + run.getKey());
          images.add(image);
          if (weighted) {
            contributions.add(rows.contributions(image));
          }
        } catch (IOException e) {
          bad.found(e);
        }
      }
    }
    if (images.isEmpty()) {
      throw new IOException(file + " has no run to draw; it needs a row run,x,y a black pixel");
    }
    return set(images, weighted ? Optional.of(contributions) : Optional.empty());
  }

  private void row(CsvRow row) throws IOException {
    String name;
    try {
      name = row.text(RUN).strip();
      if (name.isEmpty()) {
        throw row.error("run is empty, expected a number or a name");
      }
    } catch (IOException e) {
      COLUMNS.requireColumns(file, row.header());
      bad.found(e);
      return;
    }
    if (!name.equals(lastName)) {
      last = runs.computeIfAbsent(name, k -> Optional.of(new PixelRows(canvas)));
      lastName = name;
    }
    add(row, name);
  }

  private void add(CsvRow row, String name) throws IOException {
    if (last.isEmpty()) {
      return; // found bad before
    }
    try {
      last.get().add(PixelRow.TABLE.read(row), row);
    } catch (IOException e) {
      COLUMNS.requireColumns(file, row.header());
      bad.found(e);
      last = Optional.empty();
      runs.put(name, last);
    }
  }

  private ImageSet set(List<BlackPixels> images, Optional<List<PixelContributions>> contributions) {
    List<String> notes = new ArrayList<>();
    notes.add(ImageSet.NO_HISTORY + "a table of final pixels has no history");
    if (contributions.isEmpty()) {
      notes.add(
          ImageSet.NO_CONTRIBUTIONS
              + "no column "
              + PixelRow.DELTA
              + "; name the classifier by --model to have it measured");
    }
    String name = ImageSet.lastName(file).replaceFirst("(?i)\\.csv$", "");
    return new ImageSet(
        file, "CSV", name, images, Tones.standard(), contributions, Optional.empty(), notes);
  }

  /**
   * The rows of a CSV file that make up one image: x, y, and perhaps what the pixel contributes.
   */
  static final class PixelRows {
    private final Canvas canvas;
    // The pixel above, its place among the rows below: sorted, they keep their contributions.
    private long[] keys = new long[16];
    private double[] contributions = new double[0];
    private int count;

    PixelRows(Canvas canvas) {
      this.canvas = canvas;
    }

    /** Adds one row, or complains of it by file and line. */
    void add(PixelRow row, CsvRow at) throws IOException {
      int pixel = PixelRow.index(canvas, row.x(), row.y(), at);
      if (count == keys.length) {
        keys = Arrays.copyOf(keys, 2 * count);
      }
      if (at.header().contains(PixelRow.DELTA)) {
        addContribution(row, at);
      }
      keys[count] = (long) pixel << Integer.SIZE | count;
      count++;
    }

    private void addContribution(PixelRow row, CsvRow at) throws IOException {
      double contribution =
          row.deltaLogit()
              .orElseThrow(() -> at.error(PixelRow.DELTA + " is empty, expected a number"));
      if (!Double.isFinite(contribution)) {
        throw at.error(PixelRow.DELTA + " is " + contribution + ", expected a finite number");
      }
      if (count >= contributions.length) {
        contributions = Arrays.copyOf(contributions, keys.length);
      }
      contributions[count] = contribution;
    }

    /**
     * The image.
     *
     * @param where what to call it when a pixel occurs twice
     */
    BlackPixels image(String where) throws IOException {
      Arrays.sort(keys, 0, count);
      int[] pixels = new int[count];
      for (int i = 0; i < count; i++) {
        pixels[i] = (int) (keys[i] >>> Integer.SIZE);
        if (i > 0 && pixels[i] == pixels[i - 1]) {
          throw new IOException(
              where
                  + " has pixel ("
                  + canvas.x(pixels[i])
                  + ", "
                  + canvas.y(pixels[i])
                  + ") twice");
        }
      }
      return BlackPixels.ofSorted(canvas, pixels, count);
    }

    /** What its pixels contribute; for rows that have the column, after {@link #image}. */
    PixelContributions contributions(BlackPixels image) {
      double[] sorted = new double[count];
      for (int i = 0; i < count; i++) {
        sorted[i] = contributions[(int) keys[i]];
      }
      return new PixelContributions(image, sorted);
    }
  }
}
