package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.explain.ComparisonTables.ProfileRow;

/**
 * One profile of the compared models, from the border inwards.
 *
 * @param profile density, probe or gradient
 * @param label axis label of its values
 * @param drawing one line per model
 */
public record ProfilePlot(String profile, String label, Drawing drawing) {
  /** The plots of all profiles that have a value, in the table's order. */
  public static List<ProfilePlot> all(List<ProfileRow> rows) {
    Map<String, List<ProfileRow>> profiles = new LinkedHashMap<>();
    rows.forEach(row -> profiles.computeIfAbsent(row.profile(), p -> new ArrayList<>()).add(row));
    List<ProfilePlot> plots = new ArrayList<>();
    profiles.forEach((profile, own) -> of(profile, own).ifPresent(plots::add));
    return plots;
  }

  private static Optional<ProfilePlot> of(String profile, List<ProfileRow> rows) {
    boolean signed = profile.equals("probe");
    Map<String, List<RankPoint>> models = new LinkedHashMap<>();
    for (ProfileRow row : rows) {
      models.computeIfAbsent(row.model(), m -> new ArrayList<>()).add(point(row));
    }
    List<Line> lines = new ArrayList<>();
    models.forEach(
        (model, points) -> RankPoint.line(model, points, true, !signed).ifPresent(lines::add));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String none = signed ? "no effect" : profile.equals("density") ? "chance" : "map's mean";
    Drawing drawing =
        Charts.profile(title(profile), RankPoint.AXIS, label(profile), lines, signed ? 0 : 1, none);
    return Optional.of(new ProfilePlot(profile, label(profile), drawing));
  }

  private static RankPoint point(ProfileRow row) {
    return new RankPoint(row.uFrom(), row.uTo(), row.value(), row.ciLow(), row.ciHigh());
  }

  private static String label(String profile) {
    return switch (profile) {
      case "density" -> "density (1 = chance)";
      case "probe" -> "mean Δlogit of one black pixel";
      case "gradient" -> "mean |gradient| (1 = map's mean)";
      default -> profile;
    };
  }

  private static String title(String profile) {
    return switch (profile) {
      case "density" -> "Where evolved pixels lie";
      case "probe" -> "Effect of one black pixel";
      case "gradient" -> "Where the gradient is strong";
      default -> profile;
    };
  }
}
