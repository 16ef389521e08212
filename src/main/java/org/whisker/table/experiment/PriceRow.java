package org.whisker.table.experiment;

import java.util.List;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the cost of reaching the same result with pixels confined to the centre
 * and to the edge.
 *
 * @param quantity such as the number of images scored until p(cat) reached the target
 * @param centre geometric mean over runs confined to the centre
 * @param edge geometric mean over runs confined to the edge
 * @param ratio centre divided by edge, paired by seed
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of the interval
 * @param seeds number of pairs (seeds)
 * @param note how failed runs are counted
 */
public record PriceRow(
    String quantity,
    double centre,
    double edge,
    double ratio,
    double ciLow,
    double ciHigh,
    int seeds,
    String note) {
  public static final String FILE = "price-ratio.csv";
  public static final Table<PriceRow> TABLE = Table.of(PriceRow.class);

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
