package org.whisker.ablation.result;

import java.util.List;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the cost of reaching the same result with pixels confined to the centre
 * and to the edge.
 */
public record PriceRow(
    @Column(meaning = "such as the number of images scored until p(cat) reached the target")
        String quantity,
    @Column(meaning = "geometric mean over runs confined to the centre") double centre,
    @Column(meaning = "geometric mean over runs confined to the edge") double edge,
    @Column(meaning = "centre divided by edge, paired by seed") double ratio,
    @Column(meaning = "lower end of its 95 % confidence interval") double ciLow,
    @Column(meaning = "upper end of the interval") double ciHigh,
    @Column(meaning = "number of pairs (seeds)") int seeds,
    @Column(meaning = "how failed runs are counted") String note) {
  public static final String FILE = "price-ratio.csv";
  public static final Table<PriceRow> TABLE = Table.of(PriceRow.class, FILE);

  /** One row per quantity. */
  public static List<PriceRow> of(SupplementaryTable.PriceRatios prices) {
    return prices.rows().stream()
        .map(
            r ->
                new PriceRow(
                    r.quantity(),
                    r.centre(),
                    r.edge(),
                    r.ratio(),
                    r.low(),
                    r.high(),
                    r.seeds(),
                    r.note()))
        .toList();
  }
}
