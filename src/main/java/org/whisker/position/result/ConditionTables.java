package org.whisker.position.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.io.Npy;
import org.whisker.position.ConditionMaps;
import org.whisker.position.ConditionMaps.ContributionMap;
import org.whisker.position.PixelMap;
import org.whisker.position.Placement;
import org.whisker.table.MapFiles;

/**
 * The tables of one condition of a heatmap: each map as {@code NAME.csv} and {@code NAME.npy}, and
 * the statistics of the positions of its pixels. Tables that were not measured, or require a black
 * pixel that no run has, are not written.
 */
public final class ConditionTables {
  /** Share of runs in which a pixel is black, 0 to 1. */
  public static final String FREQUENCY = "frequency";

  /** Smoothed density; 1 is expected by chance. */
  public static final String DENSITY = "density";

  /** Share of generations, 0 to 1, in which a pixel is black in the best image. */
  public static final String ALL_GENERATIONS = "all_generations";

  /** Mean contribution of a pixel over runs, in logits; see {@link ContributionMap}. */
  public static final String CONTRIBUTION = "contribution";

  /** The mean contribution, smoothed. */
  public static final String SMOOTHED_CONTRIBUTION = "contribution_smoothed";

  /** log2 of the density relative to a uniform one. */
  public static final String LOG_RATIO = "log_ratio";

  private ConditionTables() {}

  /** Writes all measurements into {@code folder}. */
  public static void write(Path folder, ConditionMaps condition) throws IOException {
    Files.createDirectories(folder);
    map(folder, FREQUENCY, condition.heatmap().frequency(), "share_of_runs");
    Optional<PixelMap> density = condition.heatmap().density();
    if (density.isPresent()) {
      map(folder, DENSITY, density.get(), "relative_density");
    }
    if (condition.allGenerations().isPresent()) {
      map(folder, ALL_GENERATIONS, condition.allGenerations().get(), "share_of_generations");
    }
    if (condition.contribution().isPresent()) {
      ContributionMap map = condition.contribution().get();
      map(folder, CONTRIBUTION, map.mean(), "logits_per_run");
      map(folder, SMOOTHED_CONTRIBUTION, map.smoothed(), "logits_per_run");
    }
    if (condition.placement().isPresent()) {
      placement(folder, condition.placement().get());
    }
  }

  private static void placement(Path folder, Placement placement) throws IOException {
    EdgeIndexRow.TABLE.write(
        folder.resolve(EdgeIndexRow.FILE), EdgeIndexRow.of(placement.edgeIndices()));
    DensityBinRow.TABLE.write(
        folder.resolve(DensityBinRow.FILE), DensityBinRow.of(placement.profile()));
    PartDensityRow.TABLE.write(
        folder.resolve(PartDensityRow.FILE), PartDensityRow.of(placement.parts()));
    PartRunRow.TABLE.write(folder.resolve(PartRunRow.FILE), PartRunRow.of(placement.parts()));
    ResidueRow.TABLE.write(folder.resolve(ResidueRow.FILE), ResidueRow.of(placement.residues()));
    ResidueTestRow.TABLE.write(
        folder.resolve(ResidueTestRow.FILE), ResidueTestRow.of(placement.residues()));
    LogRatioRow.write(folder, placement.logRatio());
    PixelMap ratio = placement.logRatio().ratio();
    Npy.write(
        folder.resolve(LOG_RATIO + ".npy"),
        ratio.canvas().height(),
        ratio.canvas().width(),
        ratio.values());
  }

  private static void map(Path folder, String name, PixelMap map, String column)
      throws IOException {
    MapFiles.write(folder.resolve(name), map.canvas(), map.values(), column);
  }
}
