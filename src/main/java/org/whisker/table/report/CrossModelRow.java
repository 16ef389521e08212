package org.whisker.table.report;

import java.util.List;
import org.whisker.explain.Comparison.Transferred;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: images evolved for one model, scored by another.
 *
 * @param from the model that they evolved for
 * @param to the model that scores them
 * @param images how many
 * @param stillCats how many of them the other classifies as cat
 * @param share the same as a share
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param randomShare of images with as many black pixels at random places, classified as cat
 */
public record CrossModelRow(
    String from,
    String to,
    int images,
    int stillCats,
    @Column(unit = "share") double share,
    @Column(unit = "share") double ciLow,
    @Column(unit = "share") double ciHigh,
    @Column(unit = "share") double randomShare) {
  public static final String FILE = "transfer.csv";
  public static final Table<CrossModelRow> TABLE = Table.of(CrossModelRow.class);

  /** A row a pair of models. */
  public static List<CrossModelRow> of(List<Transferred> transfers) {
    return transfers.stream()
        .map(
            t ->
                new CrossModelRow(
                    t.from(),
                    t.to(),
                    t.images(),
                    t.cats(),
                    t.share(),
                    t.low(),
                    t.high(),
                    t.randomShare()))
        .toList();
  }
}
