package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.BlockMap;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a probe's {@code profile.csv}: the effect of a change in adjacent rings, by mode and
 * from the border inwards.
 */
public record ProbeRingRow(
    String mode,
    @Column(meaning = "the rings") RingRange where,
    @Column(meaning = "number of places at which the change alters the image") int places,
    @Column(
            unit = "logit",
            meaning =
                "mean change of the logit of not-cat; empty when there are no such "
                    + "places, as are the next two")
        OptionalDouble meanDeltaLogit,
    @Column(unit = "share", meaning = "share of places with a Δlogit below 0, towards cat")
        OptionalDouble shareHelping,
    @Column(unit = "logit", meaning = "mean Δlogit as predicted by the gradient")
        OptionalDouble meanPredicted,
    @Column(unit = "logit", meaning = "lower quartile of the places' Δlogit; empty as the mean is")
        OptionalDouble lowerQuartile,
    @Column(unit = "logit", meaning = "upper quartile of the places' Δlogit")
        OptionalDouble upperQuartile) {
  public static final String FILE = "profile.csv";
  public static final Table<ProbeRingRow> TABLE = Table.of(ProbeRingRow.class, FILE);

  /** One row per bin of rings, with at most the given number of bins. */
  public static List<ProbeRingRow> of(ProbeMode mode, int parts) {
    List<BlockMap.Ring> measured = mode.map().rings(parts);
    List<BlockMap.Ring> predicted = mode.map().rings(mode.prediction(), parts);
    List<ProbeRingRow> rows = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      BlockMap.Ring ring = measured.get(i);
      rows.add(
          new ProbeRingRow(
              mode.label(),
              RingRange.of(ring.where()),
              ring.places(),
              ring.mean(),
              ring.helping(),
              predicted.get(i).mean(),
              ring.lowerQuartile(),
              ring.upperQuartile()));
    }
    return rows;
  }
}
