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
 * the map's own unit.
 *
 * @param uFrom least edge rank, 0 at the border
 * @param uTo greatest edge rank, 1 in the centre
 * @param pxNearest least distance to the border
 * @param pxFarthest greatest distance to the border
 * @param pixels how many pixels the ring has
 * @param meanAbsolute mean of |value|
 * @param relative that over the mean of the whole map; empty for a zero map
 * @param nullLow from here to {@code nullHigh} lies the mean in 95 % of the maps shifted at random
 * @param p two-sided, of the mean among those of the shifted maps
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

  /** The edge rank in the middle of the ring: where to draw it. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
