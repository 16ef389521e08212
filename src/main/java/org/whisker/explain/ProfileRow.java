package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.explain.Comparison.ProfilePoint;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE} of a comparison: a profile of a model from the border inwards. */
public record ProfileRow(
    @Column(
            meaning =
                "density (1 is expected by chance), probe (Δlogit of not-cat) or "
                    + "gradient (relative to the map's mean)")
        String profile,
    String model,
    @Column(meaning = "lower end of the edge ranks; 0 is the border") double uFrom,
    @Column(meaning = "upper end; 1 is the centre") double uTo,
    @Column(meaning = "value, in the unit of the profile") OptionalDouble value,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty when the profile " + "has none")
        OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
  public static final String FILE = "profiles.csv";
  public static final Table<ProfileRow> TABLE = Table.of(ProfileRow.class, FILE);

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
