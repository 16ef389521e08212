package org.whisker.table.report;

import java.util.List;
import org.whisker.explain.Comparison.Transferred;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE} of a comparison: images evolved for one model, scored by another.
 *
 * @param from model that the images were evolved for
 * @param to model that scores the images
 * @param images number of images
 * @param stillCats number of them that the other model classifies as cat
 * @param share share of the images that the other model classifies as cat, 0 to 1
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param randomShare share of images with as many black pixels at random places that are classified
 *     as cat
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

  /** One row per pair of models. */
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
