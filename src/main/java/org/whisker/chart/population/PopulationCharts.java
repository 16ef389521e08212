package org.whisker.chart.population;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.table.population.AssociationRow;
import org.whisker.table.population.ClimbLevelRow;
import org.whisker.table.population.ClimbMeanRow;
import org.whisker.table.population.LevelRow;
import org.whisker.table.population.NetworkProfileRow;
import org.whisker.table.population.PopulationOutcome;
import org.whisker.table.population.PopulationRow;

/**
 * Of each architecture of a population: {@code slope-ARCH} (E against the slope of the single-pixel
 * profile), {@code recipes-OUTCOME-ARCH} (an outcome by padding, head and position), {@code
 * climb-ARCH} (E at equal p(cat)) and {@code profiles-ARCH}.
 */
public final class PopulationCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!Files.exists(folder.resolve(AssociationRow.FILE))) {
      return;
    }
    List<PopulationRow> networks = PopulationRow.TABLE.read(folder.resolve(PopulationRow.FILE));
    for (String architecture :
        networks.stream().map(PopulationRow::architecture).distinct().toList()) {
      List<PopulationRow> own =
          networks.stream().filter(row -> row.architecture().equals(architecture)).toList();
      write(folder, files, "slope-" + architecture, SlopePlot.of(architecture, own));
      recipes(folder, files, architecture, own);
      lines(folder, files, architecture);
    }
  }

  private static void recipes(
      Path folder, ChartFiles files, String architecture, List<PopulationRow> own)
      throws IOException {
    List<LevelRow> levels =
        LevelRow.TABLE.read(folder.resolve(LevelRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    for (PopulationOutcome outcome : PopulationOutcome.values()) {
      write(
          folder,
          files,
          "recipes-" + outcome.stem() + "-" + architecture,
          RecipePlot.of(architecture, outcome, own, levels));
    }
  }

  private static void lines(Path folder, ChartFiles files, String architecture) throws IOException {
    List<ClimbLevelRow> climb =
        ClimbLevelRow.TABLE.read(folder.resolve(ClimbLevelRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    List<ClimbMeanRow> means =
        ClimbMeanRow.TABLE.read(folder.resolve(ClimbMeanRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    write(folder, files, "climb-" + architecture, NetworkLines.climb(architecture, climb, means));
    List<NetworkProfileRow> profiles =
        NetworkProfileRow.TABLE.read(folder.resolve(NetworkProfileRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    write(folder, files, "profiles-" + architecture, NetworkLines.profiles(architecture, profiles));
  }

  private static void write(
      Path folder, ChartFiles files, String stem, Optional<? extends Drawing> drawing)
      throws IOException {
    if (drawing.isPresent()) {
      files.write(folder, stem, drawing.get());
    }
  }
}
