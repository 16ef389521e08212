package org.whisker.table.experiment;

import java.util.List;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: what the same costs when pixels are held to the centre and to the edge.
 *
 * @param quantity such as images scored until p(cat) reached the target
 * @param centre geometric mean over runs held to the centre
 * @param edge over runs held to the edge
 * @param ratio centre by edge, paired by seed
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param seeds pairs
 * @param note what failed runs count as
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

  /** A row a quantity. */
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
