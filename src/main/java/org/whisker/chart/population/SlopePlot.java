package org.whisker.chart.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.table.population.PopulationOutcome;
import org.whisker.table.population.PopulationRow;

/** E of networks against the slope of what one black pixel does, a point per network. */
final class SlopePlot {
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
                architecture + ": E against the single-pixel slope", X, Y, groups, 0.5, "chance"));
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
