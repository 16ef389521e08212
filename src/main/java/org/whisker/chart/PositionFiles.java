package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.whisker.chart.kit.Drawing;
import org.whisker.io.Npy;
import org.whisker.position.ConditionMaps;
import org.whisker.position.ContributionMap;
import org.whisker.position.PixelMap;
import org.whisker.position.Placement;
import org.whisker.table.MapFiles;
import org.whisker.table.PositionTables;

/**
 * The files of one condition: each map as {@code NAME.csv}, {@code NAME.npy} and {@code NAME.png},
 * each table beside its chart.
 */
public final class PositionFiles {
  private PositionFiles() {}

  /** Writes all that was measured into {@code folder}. */
  public static void write(Path folder, ConditionMaps condition) throws IOException {
    Files.createDirectories(folder);
    PositionFigures figures = new PositionFigures(condition);
    PixelMap frequency = condition.heatmap().frequency();
    map(folder, "frequency", frequency, "share_of_runs", figures.frequency());
    Optional<PixelMap> density = condition.heatmap().density();
    if (density.isPresent()) {
      Drawing drawing = figures.density(density.get());
      map(folder, "density", density.get(), "relative_density", drawing);
    }
    if (condition.allGenerations().isPresent()) {
      PixelMap share = condition.allGenerations().get();
      Drawing drawing = figures.allGenerations(share);
      map(folder, "all_generations", share, "share_of_generations", drawing);
    }
    if (condition.contribution().isPresent()) {
      contribution(folder, condition.contribution().get(), figures);
    }
    if (condition.placement().isPresent()) {
      placement(folder, condition.placement().get(), figures);
    }
  }

  private static void contribution(Path folder, ContributionMap map, PositionFigures figures)
      throws IOException {
    map(folder, "contribution", map.mean(), "logits_per_run", figures.contribution(map));
    map(
        folder,
        "contribution_smoothed",
        map.smoothed(),
        "logits_per_run",
        figures.smoothedContribution(map));
  }

  private static void placement(Path folder, Placement placement, PositionFigures figures)
      throws IOException {
    PositionTables.write(folder, placement);
    PixelMap ratio = placement.logRatio().ratio();
    Npy.write(
        folder.resolve("log_ratio.npy"),
        ratio.canvas().height(),
        ratio.canvas().width(),
        ratio.values());
    for (Map.Entry<String, Function<Placement, Drawing>> figure :
        figures.ofPlacement().entrySet()) {
      figure.getValue().apply(placement).writePng(folder.resolve(figure.getKey() + ".png"));
    }
  }

  private static void map(Path folder, String name, PixelMap map, String column, Drawing drawing)
      throws IOException {
    MapFiles.write(folder.resolve(name), map.canvas(), map.values(), column);
    drawing.writePng(folder.resolve(name + ".png"));
  }
}
