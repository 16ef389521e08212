package org.whisker.table.experiment;

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
 * Where the black pixels of an arm's final images lie, from {@value ArmImageRow#FILE}.
 *
 * @param arm its name
 * @param canvas of the images
 * @param density smoothed, pixel by pixel and row by row, relative to a uniform distribution (1 is
 *     chance), each run with the same weight; empty when no image has a black pixel
 * @param meanPixels black pixels of an image, the mean
 */
public record ArmDensity(String arm, Canvas canvas, Optional<double[]> density, double meanPixels) {
  /** The densities of all arms of an experiment; none when the folder has no images. */
  public static List<ArmDensity> read(Path folder) throws IOException {
    Map<String, List<BlackPixels>> arms =
        ArmImageRow.byArm(ArmImageRow.TABLE.readIfThere(folder.resolve(ArmImageRow.FILE)));
    List<ArmDensity> densities = new ArrayList<>();
    arms.forEach((arm, images) -> densities.add(of(arm, images)));
    return densities;
  }

  private static ArmDensity of(String arm, List<BlackPixels> images) {
    Canvas canvas = images.get(0).canvas();
    PositionHeatmap map = PositionHeatmap.of(images, PositionHeatmap.usualBandwidth(canvas));
    return new ArmDensity(arm, canvas, map.density().map(PixelMap::values), map.meanPixels());
  }
}
