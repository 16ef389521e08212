package org.whisker.explain;

import java.util.List;
import org.whisker.position.ProbeProfile;
import org.whisker.position.result.RingRange;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the effect of one black pixel on white, averaged over the places of one
 * bin of edge ranks.
 */
public record ProbeProfileRow(
    @Column(meaning = "range of the bin") RingRange where,
    @Column(unit = "logit", meaning = "mean change of the logit of not-cat; below 0 is towards cat")
        double meanDeltaLogit,
    @Column(unit = "share", meaning = "share of the places where the change is towards cat")
        double shareHelping,
    @Column(unit = "share", meaning = "share of the places where the absolute change is below λ")
        double shareNearNeutral) {
  public static final String FILE = "probe_profile.csv";
  public static final Table<ProbeProfileRow> TABLE = Table.of(ProbeProfileRow.class, FILE);

  /** One row per bin, from the border inwards. */
  public static List<ProbeProfileRow> of(ProbeProfile profile) {
    return profile.bins().stream()
        .map(
            bin ->
                new ProbeProfileRow(
                    RingRange.of(bin.where()), bin.meanDelta(), bin.helping(), bin.nearNeutral()))
        .toList();
  }
}
