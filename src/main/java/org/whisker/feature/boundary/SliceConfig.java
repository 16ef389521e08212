package org.whisker.feature.boundary;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.boundary.Slice;
import org.whisker.boundary.Slice.SliceGrid;
import org.whisker.boundary.SlicePlane;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * What decides a slice.
 *
 * @param points the three pictures: image files, {@code white}, output folders of evolve (their
 *     best run), or folders of one run
 * @param size grid points in a row, and rows, at least 2
 * @param margin how far the grid reaches beyond the triangle, as a fraction of its width and
 *     height, at least 0
 * @param resize whether pictures of two grays and another size are resized
 */
public record SliceConfig(
    ModelConfig model,
    @Option(
            needed = true,
            names = "--points",
            arity = "3",
            label = "A B C",
            help = "The three pictures.")
        List<String> points,
    @Option(
            names = "--grid",
            label = "N",
            defaultValue = "101",
            help = "N by N grid points are scored. Default: 101.")
        int size,
    @Option(
            names = "--margin",
            label = "M",
            defaultValue = "0.25",
            help =
                "How far the grid reaches beyond the triangle, as a fraction of its width and height."
                    + " Default: 0.25.")
        double margin,
    @Resize boolean resize) {

  public SliceConfig {
    points = List.copyOf(points);
    if (points.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s takes 3 pictures, were %d", SliceJob.POINTS, points.size()));
    }
    // the same checks as for the real grid, before anything takes time
    grid(List.of(new SlicePlane.Point(0, 0), new SlicePlane.Point(1, 1)), margin, size);
  }

  /** Creates a slice of photos and of pictures of the model's size. */
  public SliceConfig(ModelConfig model, List<String> points, int size, double margin) {
    this(model, points, size, margin, false);
  }

  /** The default options, with the usual grid. */
  public static SliceConfig of(ModelConfig model, List<String> points) {
    return Options.of(SliceConfig.class).defaults(model, points);
  }

  void describe(Map<String, Object> manifest, Slice found) {
    manifest.put("grid", size);
    manifest.put("margin", margin);
    manifest.put("contours", found.contours().size());
    manifest.put("share_unclamped", found.inside());
  }

  SliceGrid around(SlicePlane plane) {
    return grid(plane.points(), margin, size);
  }

  private static SliceGrid grid(List<SlicePlane.Point> points, double margin, int size) {
    return SliceGrid.around(points, margin, size);
  }
}
