package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.table.Table;

/** A further table of an experiment, beyond its arms. */
public sealed interface SupplementaryTable {
  /** Base name of its files. */
  String name();

  /**
   * Tables whose rows are made by the experiment itself. The hypothesis that has them lists them,
   * so that the guide has their columns.
   */
  record Tabled(String name, List<Table.Rows<?>> tables) implements SupplementaryTable {
    public Tabled {
      tables = List.copyOf(tables);
    }
  }

  /**
   * Effort of searches in the centre relative to the edge.
   *
   * @param rows one per quantity
   */
  record EffortRatios(List<Effort> rows) implements SupplementaryTable {
    /**
     * One quantity in both regions.
     *
     * @param quantity such as images scored until p(cat) reached the target
     * @param centre geometric mean over runs held to the centre
     * @param edge over runs held to the edge
     * @param ratio ratio of centre to edge, paired by seed
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param note treatment of unsuccessful runs
     */
    public record Effort(
        String quantity,
        double centre,
        double edge,
        double ratio,
        double low,
        double high,
        int seeds,
        String note) {}

    public EffortRatios {
      rows = List.copyOf(rows);
    }

    @Override
    public String name() {
      return "price-ratio";
    }
  }

  /**
   * Black pixels of evolved images that harm alone and help in the image.
   *
   * @param cats whether the images are those of the runs that reached the target; if none did, they
   *     are the images of all runs
   * @param rows the whole canvas, then one per bin from the border inwards
   */
  record HarmAndHelp(boolean cats, List<Where> rows) implements SupplementaryTable {
    /**
     * What such pixels do at a set of positions.
     *
     * @param bin the positions
     * @param runs number of runs with a black pixel there
     * @param share the share of a run's black pixels there that do both, mean over these runs
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param alone mean Δlogit of not-cat of such a pixel alone on white, above 0
     * @param inPlace mean Δlogit of such a pixel in the image (with minus without), below 0
     */
    public record Where(
        EdgeBin bin,
        int runs,
        OptionalDouble share,
        OptionalDouble low,
        OptionalDouble high,
        OptionalDouble alone,
        OptionalDouble inPlace) {}

    public HarmAndHelp {
      rows = List.copyOf(rows);
    }

    @Override
    public String name() {
      return "harm_and_help";
    }
  }

  /**
   * Effects of black pixels by edge rank.
   *
   * @param lambda λ in nats per black pixel; smaller effects count as nearly neutral
   * @param rows one per bin, from the border inwards
   */
  record Rings(double lambda, List<Ring> rows) implements SupplementaryTable {
    /**
     * A bin of edge ranks.
     *
     * @param alone mean Δlogit of not-cat of one black pixel on white: above 0 is away from cat
     * @param neutralAlone share of the bin's positions with |Δlogit| below λ
     * @param takenOff what the surrogate subtracts for one black pixel, in logits, mean over the
     *     bin's positions
     * @param pixels mean number of black pixels of an evolved image in the bin
     * @param runs number of runs with a black pixel in the bin
     * @param contribution leave-one-out effect of a pixel on the logit of not-cat (with minus
     *     without), mean over these runs: below 0 is towards cat
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param helping share of pixels with an effect below 0, mean over these runs
     * @param neutral share of pixels with |effect| below λ, mean over these runs
     */
    public record Ring(
        EdgeBin where,
        double alone,
        double neutralAlone,
        double takenOff,
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
