package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.position.DensityProfile;
import org.whisker.position.PartDensity;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.position.result.ConditionTables.LogRatioRow;
import org.whisker.position.result.ResidueRow;
import org.whisker.table.MapFiles.StoredMap;

/**
 * The charts of one condition of a heatmap, each beside its table and with the same name. The
 * condition's row is in {@code summary.csv} of the parent folder.
 */
public final class ConditionCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Optional<ConditionRow> row = row(folder);
    if (row.isEmpty()) {
      return;
    }
    ConditionFigures figures = new ConditionFigures(row.get());
    map(folder, files, ConditionTables.FREQUENCY, figures::frequency);
    map(folder, files, ConditionTables.DENSITY, figures::density);
    map(folder, files, ConditionTables.ALL_GENERATIONS, figures::allGenerations);
    map(folder, files, ConditionTables.CONTRIBUTION, figures::contribution);
    map(folder, files, ConditionTables.SMOOTHED_CONTRIBUTION, figures::smoothedContribution);
    if (!row.get().isWhite()) {
      placement(folder, files, figures);
    }
  }

  private static Optional<ConditionRow> row(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    @Nullable Path above = absolute.getParent();
    if (above == null || !ConditionRow.TABLE.isIn(above.resolve(ConditionRow.FILE))) {
      return Optional.empty();
    }
    List<ConditionRow> rows = ConditionRow.TABLE.read(above.resolve(ConditionRow.FILE));
    List<String> folders =
        ConditionTables.folders(rows.stream().map(ConditionRow::condition).toList());
    int at = folders.indexOf(String.valueOf(absolute.getFileName()));
    return at < 0 ? Optional.empty() : Optional.of(rows.get(at));
  }

  private static void map(
      Path folder, ChartFiles files, String name, Function<StoredMap, Drawing> figure)
      throws IOException {
    Optional<StoredMap> map = StoredMap.read(folder, name);
    if (map.isPresent()) {
      files.write(folder, name, figure.apply(map.get()));
    }
  }

  private static void placement(Path folder, ChartFiles files, ConditionFigures figures)
      throws IOException {
    Optional<StoredMap> ratio = StoredMap.read(folder, ConditionTables.LOG_RATIO);
    if (ratio.isPresent()) {
      List<LogRatioRow> rows = LogRatioRow.TABLE.read(folder.resolve(LogRatioRow.FILE));
      files.write(folder, ConditionTables.LOG_RATIO, figures.logRatio(ratio.get(), rows));
    }
    Path profile = folder.resolve(DensityProfile.DensityBin.FILE);
    if (DensityProfile.DensityBin.TABLE.isIn(profile)) {
      files.write(
          folder,
          "density_profile",
          figures.profile(DensityProfile.DensityBin.TABLE.read(profile)));
    }
    Path sides = folder.resolve(PartDensity.FILE);
    Path byRun = folder.resolve(ConditionTables.PartRunRow.FILE);
    if (PartDensity.TABLE.isIn(sides) && ConditionTables.PartRunRow.TABLE.isIn(byRun)) {
      List<ConditionTables.PartRunRow> runs = ConditionTables.PartRunRow.TABLE.read(byRun);
      files.write(folder, "sides", figures.parts(PartDensity.TABLE.read(sides), runs));
    }
    Path residues = folder.resolve(ResidueRow.FILE);
    Path tests = folder.resolve(ResidueRow.TestRow.FILE);
    if (ResidueRow.TABLE.isIn(residues) && ResidueRow.TestRow.TABLE.isIn(tests)) {
      List<ResidueRow.TestRow> all = ResidueRow.TestRow.TABLE.read(tests);
      files.write(folder, "residues", figures.residues(ResidueRow.TABLE.read(residues), all));
    }
  }
}
