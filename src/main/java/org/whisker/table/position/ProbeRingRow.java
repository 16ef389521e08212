package org.whisker.table.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.BlockMap;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a change does in adjacent rings, a row of a probe's {@code profile.csv}, mode by mode from
 * the border inwards.
 *
 * @param where the rings
 * @param places at which the change changes anything
 * @param meanDeltaLogit empty where there are none, as are the next two
 * @param shareHelping share of places with a Δlogit below 0, towards cat
 * @param meanPredicted Δlogit by the gradient
 */
public record ProbeRingRow(
    String mode,
    RingRange where,
    int places,
    @Column(unit = "logit") OptionalDouble meanDeltaLogit,
    @Column(unit = "share") OptionalDouble shareHelping,
    @Column(unit = "logit") OptionalDouble meanPredicted) {
  public static final String FILE = "profile.csv";
  public static final Table<ProbeRingRow> TABLE = Table.of(ProbeRingRow.class);

  /** A row a bin of rings, of so many bins at most. */
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
              predicted.get(i).mean()));
    }
    return rows;
  }
}
