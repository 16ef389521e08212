package org.whisker.explain;

import java.util.List;
import org.whisker.explain.Comparison.Transferred;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE} of a comparison: images evolved for one model, scored by another. */
public record CrossModelRow(
    @Column(meaning = "model that the images were evolved for") String from,
    @Column(meaning = "model that scores the images") String to,
    @Column(meaning = "number of images") int images,
    @Column(meaning = "number of them that the other model classifies as cat") int stillCats,
    @Column(
            unit = "share",
            meaning = "share of the images that the other model classifies as cat, 0 to 1")
        double share,
    @Column(unit = "share", meaning = "lower end of its 95 % confidence interval") double ciLow,
    @Column(unit = "share", meaning = "upper end of the interval") double ciHigh,
    @Column(
            unit = "share",
            meaning =
                "share of images with as many black pixels at random places that are "
                    + "classified as cat")
        double randomShare) {
  public static final String FILE = "transfer.csv";
  public static final Table<CrossModelRow> TABLE = Table.of(CrossModelRow.class, FILE);

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
