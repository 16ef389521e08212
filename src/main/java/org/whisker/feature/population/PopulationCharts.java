package org.whisker.feature.population;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.feature.population.Associations.PopulationOutcome;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.feature.population.PopulationTables.ClimbLevelRow;
import org.whisker.feature.population.PopulationTables.ClimbMeanRow;
import org.whisker.feature.population.PopulationTables.LevelRow;
import org.whisker.feature.population.PopulationTables.NetworkProfileRow;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Draws charts of each architecture of a population: {@code slope-ARCH} (E against the slope of the
 * single-pixel profile), {@code recipes-OUTCOME-ARCH} (an outcome by padding, head and position),
 * {@code climb-ARCH} (E at equal p(cat)) and {@code profiles-ARCH}.
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
      files.write(folder, "slope-" + architecture, SlopePlot.of(architecture, own));
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
      files.write(
          folder,
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
    files.write(folder, "climb-" + architecture, NetworkLines.climb(architecture, climb, means));
    List<NetworkProfileRow> profiles =
        NetworkProfileRow.TABLE.read(folder.resolve(NetworkProfileRow.FILE)).stream()
            .filter(row -> row.architecture().equals(architecture))
            .toList();
    files.write(folder, "profiles-" + architecture, NetworkLines.profiles(architecture, profiles));
  }

  /** A gray line per network, and what is shown over them. */
  static final class NetworkLines {
    private static final Color ONE = Ink.faint(Ink.MUTED, 90);

    private NetworkLines() {}

    /** E at equal p(cat), at the levels that at least half of a network's runs reached. */
    static Optional<Drawing> climb(
        String architecture, List<ClimbLevelRow> networks, List<ClimbMeanRow> means) {
      Map<String, List<ClimbLevelRow>> by = new LinkedHashMap<>();
      networks.stream()
          .filter(row -> row.edgeIndex().isPresent() && 2 * row.reached() >= row.runs())
          .forEach(row -> by.computeIfAbsent(row.network(), n -> new ArrayList<>()).add(row));
      if (by.isEmpty()) {
        return Optional.empty();
      }
      XyPlot plot =
          new XyPlot(architecture + ": E at equal p(cat)", "p(cat) of the image", "edge index E");
      by.forEach(
          (name, rows) ->
              plot.line(
                  new Line(
                      name,
                      rows.stream().mapToDouble(ClimbLevelRow::catProbability).toArray(),
                      rows.stream().mapToDouble(r -> r.edgeIndex().orElseThrow()).toArray()),
                  ONE,
                  false));
      mean(means).ifPresent(line -> plot.line(line, Ink.series(0), false));
      plot.rule(0, 1, 0.5);
      plot.xRange(0, 1);
      plot.yRange(0, 1);
      plot.hideLegend();
      return Optional.of(
          new Captioned(
              plot,
              List.of(
                  "gray: networks, where at least half of their runs came so far;",
                  "blue: mean over networks with 95 % interval, where at least half of them did;",
                  "dashed: chance")));
    }

    /** Beyond the levels that half of the networks reached, it would be of other networks. */
    private static Optional<Line> mean(List<ClimbMeanRow> means) {
      List<ClimbMeanRow> known =
          means.stream()
              .filter(row -> row.edgeIndex().isPresent() && 2 * row.reached() >= row.networks())
              .toList();
      if (known.size() < 2) {
        return Optional.empty();
      }
      double[] mean = known.stream().mapToDouble(r -> r.edgeIndex().orElseThrow()).toArray();
      double[] low = new double[mean.length];
      double[] high = new double[mean.length];
      for (int i = 0; i < mean.length; i++) {
        low[i] = Math.min(mean[i], known.get(i).ciLow().orElse(mean[i]));
        high[i] = Math.max(mean[i], known.get(i).ciHigh().orElse(mean[i]));
      }
      return Optional.of(
          new Line(
              "mean over networks",
              known.stream().mapToDouble(ClimbMeanRow::catProbability).toArray(),
              mean,
              new Band(low, high)));
    }

    /** What one black pixel does, from the border inwards. */
    static Optional<Drawing> profiles(String architecture, List<NetworkProfileRow> profiles) {
      if (profiles.isEmpty()) {
        return Optional.empty();
      }
      XyPlot plot =
          new XyPlot(
              architecture + ": what one black pixel does on white",
              "edge rank u (0 border, 1 centre)",
              "mean Δlogit of not-cat (logit)");
      Map<String, List<NetworkProfileRow>> by = Table.by(profiles, NetworkProfileRow::network);
      by.forEach(
          (name, rows) ->
              plot.line(
                  new Line(
                      name,
                      rows.stream().mapToDouble(NetworkProfileRow::edgeRank).toArray(),
                      rows.stream().mapToDouble(NetworkProfileRow::meanDeltaLogit).toArray()),
                  ONE,
                  false));
      plot.rule(0, 1, 0);
      plot.xRange(0, 1);
      plot.hideLegend();
      return Optional.of(
          new Captioned(
              plot,
              List.of("a line per network; below 0 towards cat; dashed: a pixel without effect")));
    }
  }

  /** An outcome by level of the recipe, a dot per network. */
  static final class RecipePlot {
    private RecipePlot() {}

    /** Empty when no network has the outcome. */
    static Optional<Drawing> of(
        String architecture,
        PopulationOutcome outcome,
        List<PopulationRow> networks,
        List<LevelRow> levels) {
      List<LevelRow> own =
          levels.stream().filter(row -> row.outcome().equals(outcome.label())).toList();
      if (own.stream().allMatch(row -> row.values() == 0)) {
        return Optional.empty();
      }
      List<Arm> arms = new ArrayList<>();
      own.forEach(level -> arms.add(arm(level, outcome, networks)));
      boolean edge = outcome.isEdgeIndex();
      return Optional.of(
          new StripPlot(
              architecture + ": " + outcome.words() + " by recipe",
              outcome.words() + (edge ? " (0 border, 1 centre)" : ""),
              arms,
              edge ? 0.5 : 1,
              StripPlot.legend(
                  "networks", "95 % interval over networks", edge ? "chance" : "all runs"),
              true));
    }

    private static Arm arm(
        LevelRow level, PopulationOutcome outcome, List<PopulationRow> networks) {
      String name =
          level.factor().equals("all")
              ? "all, n = " + level.values()
              : Text.of("%s %s, n = %d", level.factor(), level.level(), level.values());
      double[] values =
          networks.stream()
              .filter(row -> isOf(row, level))
              .map(outcome::of)
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
              .toArray();
      if (values.length == 0) {
        return Arm.none(name);
      }
      double mean = level.mean().orElseThrow();
      return new Arm(
          name,
          values,
          mean,
          Math.min(mean, level.ciLow().orElse(mean)),
          Math.max(mean, level.ciHigh().orElse(mean)));
    }

    private static boolean isOf(PopulationRow row, LevelRow level) {
      return switch (level.factor()) {
        case "padding" -> row.padding().equals(level.level());
        case "head" -> row.head().equals(level.level());
        case "position" -> row.position().equals(level.level());
        default -> true;
      };
    }
  }

  /** E of networks against the slope of what one black pixel does, a point per network. */
  static final class SlopePlot {
    private static final String X = "slope of Δlogit of one black pixel, border to centre (logit)";
    private static final String Y = "edge index E";

    private SlopePlot() {}

    /** Empty when no network has any E. */
    static Optional<Drawing> of(String architecture, List<PopulationRow> networks) {
      List<Line> groups = new ArrayList<>();
      Stream.of(PopulationOutcome.values())
          .filter(PopulationOutcome::isEdgeIndex)
          .forEach(outcome -> points(outcome, networks).ifPresent(groups::add));
      return groups.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Charts.points(
                  architecture + ": E against the single-pixel slope",
                  X,
                  Y,
                  groups,
                  0.5,
                  "chance"));
    }

    private static Optional<Line> points(PopulationOutcome outcome, List<PopulationRow> networks) {
      List<PopulationRow> having =
          networks.stream().filter(row -> outcome.of(row).isPresent()).toList();
      return having.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Line(
                  outcome.words(),
                  having.stream().mapToDouble(PopulationRow::profileSlope).toArray(),
                  having.stream().mapToDouble(row -> outcome.of(row).orElseThrow()).toArray()));
    }
  }
}
