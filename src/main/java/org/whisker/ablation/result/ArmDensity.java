package org.whisker.ablation.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.PixelMap;
import org.whisker.position.PositionHeatmap;

/**
 * The spatial density of the black pixels of an arm's final images, from {@value ArmImageRow#FILE}.
 *
 * @param arm name of the arm
 * @param canvas of the images
 * @param density smoothed density per pixel, row-major, relative to a uniform distribution (1 is
 *     expected by chance), with equal weight for each run; empty when no image has a black pixel
 * @param meanPixels mean number of black pixels per image
 */
public record ArmDensity(String arm, Canvas canvas, Optional<double[]> density, double meanPixels) {
  /** The densities of all arms of an experiment; empty when the folder has no images. */
  public static List<ArmDensity> read(Path folder) throws IOException {
    Map<String, List<BlackPixels>> arms =
        ArmImageRow.byArm(ArmImageRow.TABLE.readIfThere(folder.resolve(ArmImageRow.FILE)));
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
