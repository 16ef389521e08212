package org.whisker.study.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.EdgeAtConfidence;
import org.whisker.image.EdgeBin;
import org.whisker.image.EdgeBins;
import org.whisker.table.population.AssociationRow;
import org.whisker.table.population.ClimbLevelRow;
import org.whisker.table.population.ClimbMeanRow;
import org.whisker.table.population.LevelRow;
import org.whisker.table.population.NetworkProfileRow;
import org.whisker.table.population.PopulationRow;
import org.whisker.table.population.PopulationRunRow;

/** All tables of a population. */
record PopulationTables(
    List<PopulationRow> networks,
    List<PopulationRunRow> runs,
    List<NetworkProfileRow> profiles,
    List<ClimbLevelRow> climb,
    List<ClimbMeanRow> climbMean,
    List<LevelRow> levels,
    List<AssociationRow> associations) {
  /** Those of the networks measured so far. */
  static PopulationTables of(List<MeasuredNetwork> measured, long seed) {
    List<PopulationRow> networks = measured.stream().map(MeasuredNetwork::row).toList();
    return new PopulationTables(
        networks,
        measured.stream()
            .flatMap(m -> m.runs().stream().map(r -> PopulationRunRow.of(m.member().name(), r)))
            .toList(),
        measured.stream().flatMap(m -> profile(m).stream()).toList(),
        measured.stream().flatMap(m -> climb(m).stream()).toList(),
        LevelMeans.climb(measured, seed),
        LevelMeans.of(networks, seed),
        Associations.of(networks, seed));
  }

  private static List<NetworkProfileRow> profile(MeasuredNetwork network) {
    EdgeBins bins = EdgeBins.of(network.probe().delta().canvas());
    double[] delta = network.probe().delta().values();
    double[] means = bins.means(i -> delta[i]);
    List<NetworkProfileRow> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      EdgeBin bin = bins.bins().get(i);
      rows.add(
          new NetworkProfileRow(
              network.member().name(),
              network.member().architecture(),
              bin.middle(),
              bin.nearest(),
              bin.farthest(),
              means[i]));
    }
    return rows;
  }

  private static List<ClimbLevelRow> climb(MeasuredNetwork network) {
    return EdgeAtConfidence.levels().stream()
        .filter(level -> level > network.white())
        .map(
            level ->
                new ClimbLevelRow(
                    network.member().name(),
                    network.member().architecture(),
                    level,
                    network.runs().size(),
                    network.reached(level),
                    network.edgeIndexAt(level),
                    network.pixelsAt(level)))
        .toList();
  }

  /** Writes each under its name. */
  void write(Path folder) throws IOException {
    PopulationRow.TABLE.write(folder.resolve(PopulationRow.FILE), networks);
    PopulationRunRow.TABLE.write(folder.resolve(PopulationRunRow.FILE), runs);
    NetworkProfileRow.TABLE.write(folder.resolve(NetworkProfileRow.FILE), profiles);
    ClimbLevelRow.TABLE.write(folder.resolve(ClimbLevelRow.FILE), climb);
    ClimbMeanRow.TABLE.write(folder.resolve(ClimbMeanRow.FILE), climbMean);
    LevelRow.TABLE.write(folder.resolve(LevelRow.FILE), levels);
    AssociationRow.TABLE.write(folder.resolve(AssociationRow.FILE), associations);
  }
}
