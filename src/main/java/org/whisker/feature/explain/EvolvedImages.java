package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;

/** The evolved images of a model: final images of its control arm. */
final class EvolvedImages {
  private static final Pattern INPUT = Pattern.compile("(?:\\d+x)?(\\d{1,5})x(\\d{1,5})");

  private EvolvedImages() {}

  /**
   * The final image of a run; empty if it is not in the folder.
   *
   * @throws IOException when a pixel is not on the canvas
   */
  static Optional<BlackPixels> of(ReportFolder folder, String model, Canvas canvas, long run)
      throws IOException {
    String file = file(model, run);
    if (!folder.has(file)) {
      return Optional.empty();
    }
    List<Integer> pixels = new ArrayList<>();
    for (CsvRow row : folder.rows(file)) {
      int x = Math.toIntExact(row.integer("x"));
      int y = Math.toIntExact(row.integer("y"));
      if (!canvas.contains(x, y)) {
        throw row.error("pixel (" + x + ", " + y + ") is not on a canvas of " + canvas);
      }
      pixels.add(canvas.index(x, y));
    }
    return Optional.of(
        BlackPixels.of(canvas, pixels.stream().mapToInt(Integer::intValue).toArray()));
  }

  static String file(String model, long run) {
    return model + "/runs/" + run + "/best.csv";
  }

  /** The model's canvas, from its row in models.csv or else from a map. */
  static Optional<Canvas> canvas(ReportFolder folder, String model) throws IOException {
    for (ModelRow row : folder.read(ModelRow.TABLE, ModelRow.FILE)) {
      Matcher input = INPUT.matcher(row.input());
      if (row.model().equals(model) && input.matches()) {
        return Optional.of(
            new Canvas(Integer.parseInt(input.group(2)), Integer.parseInt(input.group(1))));
      }
    }
    for (String map : List.of("frequency", "probe")) {
      Optional<CanvasMap> read = CanvasMap.read(folder, model + "/" + map + ".csv");
      if (read.isPresent()) {
        return read.map(CanvasMap::canvas);
      }
    }
    return Optional.empty();
  }
}
