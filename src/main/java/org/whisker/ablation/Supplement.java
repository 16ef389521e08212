package org.whisker.ablation;

import java.util.List;

/** What an experiment measures beyond its arms. */
public sealed interface Supplement {
  /** The stem of its files. */
  String name();

  /**
   * What the same costs in the centre and at the edge.
   *
   * @param rows one a quantity
   */
  record Prices(List<Row> rows) implements Supplement {
    /**
     * A quantity, in both places.
     *
     * @param quantity such as images scored until p(cat) reached the target
     * @param centre geometric mean over runs held to the centre
     * @param edge over runs held to the edge
     * @param ratio centre by edge, paired by seed
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param note what failed runs count as
     */
    public record Row(
        String quantity,
        double centre,
        double edge,
        double ratio,
        double low,
        double high,
        int seeds,
        String note) {}

    public Prices {
      rows = List.copyOf(rows);
    }

    @Override
    public String name() {
      return "price-ratio";
    }
  }
}
