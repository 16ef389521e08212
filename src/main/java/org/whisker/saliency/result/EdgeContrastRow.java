package org.whisker.saliency.result;

import org.whisker.saliency.EdgeContrast;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code contrasts.csv}: a difference of the mean edge index of maps. */
public record EdgeContrastRow(
    String method,
    String modelA,
    String groupA,
    String modelB,
    String groupB,
    @Column(
            spelled = true,
            meaning =
                "whether two models are compared on the same photos, instead of two "
                    + "groups of photos on one")
        boolean paired,
    @Column(meaning = "a less b: below 0, the maps of a are nearer the edge") double deltaEdgeIndex,
    @Column(meaning = "lower end of its 95 % interval, not corrected") double ciLow,
    @Column(meaning = "upper end of the interval") double ciHigh,
    @Column(unit = "probability") double pValue,
    @Column(unit = "probability", meaning = "corrected for all rows") double pHolm,
    @Column(meaning = "photos of both groups together, or pairs") int photos) {
  public static final String FILE = "contrasts.csv";
  public static final Table<EdgeContrastRow> TABLE = Table.of(EdgeContrastRow.class, FILE);

  /** The row of a contrast. */
  public static EdgeContrastRow of(EdgeContrast of) {
    return new EdgeContrastRow(
        of.a().method(),
        of.a().model(),
        of.a().group(),
        of.b().model(),
        of.b().group(),
        of.paired(),
        of.difference().value(),
        of.difference().interval().low(),
        of.difference().interval().high(),
        of.p(),
        of.pHolm(),
        of.photos());
  }
}
