package org.whisker.chart.population;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.FolderChart;
import org.whisker.chart.kit.Pictures;
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
  public void draw(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(AssociationRow.FILE))) {
      return;
    }
    List<PopulationRow> networks = PopulationRow.TABLE.read(folder.resolve(PopulationRow.FILE));
    for (String architecture :
        networks.stream().map(PopulationRow::architecture).distinct().toList()) {
      List<PopulationRow> own =
          networks.stream().filter(row -> row.architecture().equals(architecture)).toList();
      write(folder, "slope-" + architecture, SlopePlot.of(architecture, own));
      recipes(folder, architecture, own);
      lines(folder, architecture);
    }
  }

  private static void recipes(Path folder, String architecture, List<PopulationRow> own)
      throws IOException {
    List<LevelRow> levels =
        LevelRow.TABLE.read(folder.resolve(LevelRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    for (PopulationOutcome outcome : PopulationOutcome.values()) {
      write(
          folder,
          "recipes-" + outcome.stem() + "-" + architecture,
          RecipePlot.of(architecture, outcome, own, levels));
    }
  }

  private static void lines(Path folder, String architecture) throws IOException {
    List<ClimbLevelRow> climb =
        ClimbLevelRow.TABLE.read(folder.resolve(ClimbLevelRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    List<ClimbMeanRow> means =
        ClimbMeanRow.TABLE.read(folder.resolve(ClimbMeanRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    write(folder, "climb-" + architecture, NetworkLines.climb(architecture, climb, means));
    List<NetworkProfileRow> profiles =
        NetworkProfileRow.TABLE.read(folder.resolve(NetworkProfileRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    write(folder, "profiles-" + architecture, NetworkLines.profiles(architecture, profiles));
  }

  private static void write(Path folder, String stem, Optional<? extends Drawing> drawing)
      throws IOException {
    if (drawing.isPresent()) {
      Pictures.write(folder, stem, drawing.get());
    }
  }
}
