package org.whisker.chart.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.table.population.LevelRow;
import org.whisker.table.population.PopulationOutcome;
import org.whisker.table.population.PopulationRow;

/** An outcome by level of the recipe, a dot per network. */
final class RecipePlot {
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

  private static Arm arm(LevelRow level, PopulationOutcome outcome, List<PopulationRow> networks) {
    String name =
        level.factor().equals("all")
            ? "all, n = " + level.values()
            : "%s %s, n = %d".formatted(level.factor(), level.level(), level.values());
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
