package org.whisker.ablation.result;

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
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the final image of a run. Arms under a flat fitness are omitted: they
 * are numerous and involve no network.
 */
public record ArmImageRow(
    String arm,
    long seed,
    @Column(unit = "px", meaning = "width of the canvas, in pixels") int width,
    @Column(unit = "px", meaning = "height of the canvas, in pixels") int height,
    @Column(meaning = "indices (y · width + x) of its black pixels, separated by spaces")
        String pixels) {
  public static final String FILE = "images.csv";
  public static final Table<ArmImageRow> TABLE = Table.of(ArmImageRow.class, FILE);

  public ArmImageRow {
    try {
      image(width, height, pixels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pixels are not on their canvas: " + e.getMessage(), e);
    }
  }

  /** The images of an experiment, arm by arm. */
  public static List<ArmImageRow> of(AblationResult result) {
    List<ArmImageRow> rows = new ArrayList<>();
    for (ArmRuns arm : result.arms()) {
      for (ArmRun run : arm.arm().isFlat() ? List.<ArmRun>of() : arm.runs()) {
        run.outcome().ifPresent(o -> rows.add(of(arm.arm().name(), run.seed(), o.image())));
      }
    }
    return rows;
  }

  private static ArmImageRow of(String arm, long seed, BlackPixels image) {
    return new ArmImageRow(
        arm, seed, image.canvas().width(), image.canvas().height(), indices(image));
  }

  /** The indices of the black pixels, separated by spaces. */
  static String indices(BlackPixels image) {
    return Arrays.stream(image.indices())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }

  /** The image itself. */
  public BlackPixels image() {
    return image(width, height, pixels);
  }

  private static BlackPixels image(int width, int height, String text) {
    int[] pixels =
        text.isEmpty()
            ? new int[0]
            : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    return BlackPixels.of(new Canvas(width, height), pixels);
  }

  /** The images by arm, in the table's order. */
  public static Map<String, List<BlackPixels>> byArm(List<ArmImageRow> rows) {
    Map<String, List<BlackPixels>> arms = new LinkedHashMap<>();
    rows.forEach(row -> arms.computeIfAbsent(row.arm(), a -> new ArrayList<>()).add(row.image()));
    return arms;
  }
}
