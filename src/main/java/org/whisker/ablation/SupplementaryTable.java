package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBin;

/** What an experiment measures beyond its arms. */
public sealed interface SupplementaryTable {
  /** The stem of its files. */
  String name();

  /**
   * What the same costs in the centre and at the edge.
   *
   * @param rows one a quantity
   */
  record PriceRatios(List<Price> rows) implements SupplementaryTable {
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
    public record Price(
        String quantity,
        double centre,
        double edge,
        double ratio,
        double low,
        double high,
        int seeds,
        String note) {}

    public PriceRatios {
      rows = List.copyOf(rows);
    }

    @Override
    public String name() {
      return "price-ratio";
    }
  }

  /**
   * What black pixels do from the border inwards.
   *
   * @param lambda the price of a black pixel in nats; less than that is nearly neutral
   * @param rows bin by bin
   */
  record Rings(double lambda, List<Ring> rows) implements SupplementaryTable {
    /**
     * A bin of edge ranks.
     *
     * @param alone mean Δlogit of not-cat of one black pixel on white: above 0 is away from cat
     * @param neutralAlone share of the bin's places where |Δlogit| is below λ
     * @param penalty what the surrogate takes off for one black pixel, mean over the bin's places
     * @param pixels black pixels of an evolved image in the bin, mean over runs
     * @param runs that have a black pixel in the bin
     * @param contribution what a pixel adds to the logit of not-cat (with minus without), mean over
     *     these runs: below 0 it is towards cat
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param helping share of the pixels that help, mean over these runs
     * @param neutral share of the pixels with a contribution below λ either way, likewise
     */
    public record Ring(
        EdgeBin where,
        double alone,
        double neutralAlone,
        double penalty,
        double pixels,
        int runs,
        OptionalDouble contribution,
        OptionalDouble low,
        OptionalDouble high,
        OptionalDouble helping,
        OptionalDouble neutral) {}

    public Rings {
      rows = List.copyOf(rows);
    }

    @Override
    public String name() {
      return "rings";
    }
  }
}
