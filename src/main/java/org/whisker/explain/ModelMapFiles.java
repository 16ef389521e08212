package org.whisker.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.position.result.DensityBinRow;
import org.whisker.table.MapFiles;

/** The maps of a model, each as CSV and NPY, and their profiles from the border inwards. */
public final class ModelMapFiles {
  private ModelMapFiles() {}

  /** Writes the maps and profiles into {@code folder}, which is created if missing. */
  public static void write(Path folder, ModelMaps maps) throws IOException {
    Files.createDirectories(folder);
    Canvas canvas = maps.probe().delta().canvas();
    MapFiles.write(
        folder.resolve("frequency"), canvas, maps.heatmap().frequency().values(), "share_of_runs");
    if (maps.heatmap().density().isPresent()) {
      double[] density = maps.heatmap().density().get().values();
      MapFiles.write(folder.resolve("density"), canvas, density, "relative_density");
    }
    MapFiles.write(folder.resolve("probe"), canvas, maps.probe().delta().values(), "delta_logit");
    double[] gradient = MapFiles.doubles(maps.gradient().values());
    MapFiles.write(folder.resolve("gradient"), canvas, gradient, "logits_per_step");
    profiles(folder, maps);
  }

  private static void profiles(Path folder, ModelMaps maps) throws IOException {
    if (maps.density().isPresent()) {
      DensityBinRow.TABLE.write(
          folder.resolve(DensityBinRow.FILE), DensityBinRow.of(maps.density().get()));
    }
    ProbeProfileRow.TABLE.write(
        folder.resolve(ProbeProfileRow.FILE), ProbeProfileRow.of(maps.probeProfile()));
    ProbeSummaryRow.TABLE.write(
        folder.resolve(ProbeSummaryRow.FILE),
        List.of(ProbeSummaryRow.of(maps.model(), maps.probeProfile())));
    GradientProfileRow.TABLE.write(
        folder.resolve(GradientProfileRow.FILE), GradientProfileRow.of(maps.gradientProfile()));
  }
}
