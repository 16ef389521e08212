package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: a profile of a model from the border inwards.
 *
 * @param profile density (1 is chance), probe (Δlogit of not-cat) or gradient (relative to the
 *     map's mean)
 * @param uFrom lower end of the edge ranks; 0 is the border
 * @param uTo upper end; 1 is the centre
 * @param value in the unit of the profile
 * @param ciLow lower end of its 95 % interval; empty where the profile has none
 * @param ciHigh upper end
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

  /** Profile by profile, model by model. */
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
