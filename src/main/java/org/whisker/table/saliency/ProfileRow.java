package org.whisker.table.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBin;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code METHOD-profile.csv}: a ring of the canvas, the outermost first. The values are in
 * the unit of the map.
 *
 * @param uFrom smallest edge rank, 0 at the border
 * @param uTo largest edge rank, 1 at the centre
 * @param pxNearest smallest distance to the border, in pixels
 * @param pxFarthest largest distance to the border, in pixels
 * @param pixels number of pixels in the ring
 * @param meanAbsolute mean of |value|
 * @param relative this mean relative to that of the whole map; empty for a zero map
 * @param nullLow lower end of the central 95 % of the means of randomly shifted maps, up to {@code
 *     nullHigh}
 * @param p two-sided p-value of the mean with respect to those of the shifted maps
 */
public record ProfileRow(
    double uFrom,
    double uTo,
    @Column(unit = "px") int pxNearest,
    @Column(unit = "px") int pxFarthest,
    @Column(unit = "px") int pixels,
    double meanAbsolute,
    OptionalDouble relative,
    double nullLow,
    double nullHigh,
    @Column(unit = "probability") double p) {
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
