package org.whisker.ablation.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.ConditionMaps.PositionHeatmap;
import org.whisker.position.PixelMap;
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

  /**
   * The spatial density of the black pixels of an arm's final images, from {@value
   * ArmImageRow#FILE}.
   *
   * @param arm name of the arm
   * @param canvas the canvas of the images
   * @param density smoothed density per pixel, row-major, relative to a uniform distribution (1 is
   *     expected by chance), with equal weight for each run; empty when no image has a black pixel
   * @param meanPixels mean number of black pixels per image
   */
  public record ArmDensity(
      String arm, Canvas canvas, Optional<double[]> density, double meanPixels) {
    /** The densities of all arms of an experiment; empty when the folder has no images. */
    public static List<ArmDensity> read(Path folder) throws IOException {
      Map<String, List<BlackPixels>> arms = ArmImageRow.byArm(ArmImageRow.TABLE.readIn(folder));
      List<ArmDensity> densities = new ArrayList<>();
      arms.forEach((arm, images) -> densities.add(of(arm, images)));
      return densities;
    }

    /**
     * The density of these images.
     *
     * @param images at least one, all on one canvas
     */
    public static ArmDensity of(String arm, List<BlackPixels> images) {
      Canvas canvas = images.get(0).canvas();
      PositionHeatmap map = PositionHeatmap.of(images, PositionHeatmap.usualBandwidth(canvas));
      return new ArmDensity(arm, canvas, map.density().map(PixelMap::values), map.meanPixels());
    }
  }
}
