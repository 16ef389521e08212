package org.whisker.saliency.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code METHOD-profile.csv}: a ring of the canvas, the outermost first. The values are in
 * the unit of the map.
 */
public record ProfileRow(
    @Column(meaning = "smallest edge rank, 0 at the border") double uFrom,
    @Column(meaning = "largest edge rank, 1 at the centre") double uTo,
    @Column(unit = "px", meaning = "smallest distance to the border, in pixels") int pxNearest,
    @Column(unit = "px", meaning = "largest distance to the border, in pixels") int pxFarthest,
    @Column(unit = "px", meaning = "number of pixels in the ring") int pixels,
    @Column(meaning = "mean of |value|") double meanAbsolute,
    @Column(meaning = "this mean relative to that of the whole map; empty for a zero map")
        OptionalDouble relative,
    @Column(
            meaning =
                "lower end of the central 95 % of the means of randomly shifted maps, "
                    + "up to null_high")
        double nullLow,
    double nullHigh,
    @Column(
            unit = "probability",
            meaning =
                "two-sided p-value of the mean with respect to those of the shifted " + "maps")
        double p) {
  static final Table<ProfileRow> TABLE = Table.of(ProfileRow.class);

  static List<ProfileRow> of(RadialProfile radial) {
    List<ProfileRow> rows = new ArrayList<>();
    for (int i = 0; i < radial.bands().size(); i++) {
      rows.add(of(radial.profile().bins().get(i), radial.bands().get(i)));
    }
    return rows;
  }

  private static ProfileRow of(SaliencyProfile.Bin bin, RadialProfile.Band band) {
    EdgeBin where = bin.where();
    return new ProfileRow(
        where.from(),
        where.to(),
        where.nearest(),
        where.farthest(),
        where.pixels(),
        bin.meanAbsolute(),
        bin.relative(),
        band.interval().low(),
        band.interval().high(),
        band.p());
  }

  /** The edge rank in the middle of the ring, at which it is plotted. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
