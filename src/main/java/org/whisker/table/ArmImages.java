package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.page.ReportFolder;

/**
 * The final images of an experiment, {@code images.csv}: a row a run, its black pixels as indices
 * (y · width + x). Arms under a flat fitness are left out: they are many, and no network saw them.
 */
public final class ArmImages {
  public static final String FILE = "images.csv";
  private static final List<String> HEADER = List.of("arm", "seed", "width", "height", "pixels");

  private ArmImages() {}

  public static void write(Path file, AblationResult result) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, HEADER)) {
      for (ArmRuns arm : result.arms()) {
        for (ArmRun run : arm.arm().isFlat() ? List.<ArmRun>of() : arm.runs()) {
          if (run.outcome().isPresent()) {
            BlackPixels image = run.outcome().get().image();
            csv.row(
                arm.arm().name(),
                run.seed(),
                image.canvas().width(),
                image.canvas().height(),
                Arrays.stream(image.indices())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" ")));
          }
        }
      }
      csv.finish();
    }
  }

  /** By arm, in the table's order; none when there is no table. */
  public static Map<String, List<BlackPixels>> read(ReportFolder folder, String file)
      throws IOException {
    Map<String, List<BlackPixels>> arms = new LinkedHashMap<>();
    for (CsvRow row : folder.rows(file)) {
      arms.computeIfAbsent(row.text("arm"), a -> new ArrayList<>()).add(image(row));
    }
    return arms;
  }

  private static BlackPixels image(CsvRow row) throws IOException {
    String text = row.text("pixels");
    try {
      Canvas canvas =
          new Canvas(Math.toIntExact(row.integer("width")), Math.toIntExact(row.integer("height")));
      int[] pixels =
          text.isEmpty()
              ? new int[0]
              : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
      return BlackPixels.of(canvas, pixels);
    } catch (IllegalArgumentException e) {
      throw row.error("pixels are not on their canvas: " + e.getMessage());
    }
  }
}
