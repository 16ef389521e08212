package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: a profile of a model from the border inwards.
 *
 * @param profile density (1 is expected by chance), probe (Δlogit of not-cat) or gradient (relative
 *     to the map's mean)
 * @param uFrom lower end of the edge ranks; 0 is the border
 * @param uTo upper end; 1 is the centre
 * @param value in the unit of the profile
 * @param ciLow lower end of its 95 % confidence interval; empty when the profile has none
 * @param ciHigh upper end of the interval
 */
public record ProfileRow(
    String profile,
    String model,
    double uFrom,
    double uTo,
    OptionalDouble value,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "profiles.csv";
  public static final Table<ProfileRow> TABLE = Table.of(ProfileRow.class);

  /** Rows grouped by profile, then by model. */
  public static List<ProfileRow> of(List<ProfilePoint> points) {
    return points.stream()
        .map(
            p ->
                new ProfileRow(
                    p.profile(),
                    p.model(),
                    p.from(),
                    p.to(),
                    OptionalDouble.of(p.value()),
                    p.low(),
                    p.high()))
        .toList();
  }
}
