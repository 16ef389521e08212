package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.Relation;
import org.whisker.boundary.Transfer;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code transfer.csv}: the scores of a set of images by a model. Intervals are 95 %
 * confidence intervals over images, empty for a single image.
 */
public record TransferRow(
    @Column(meaning = "the set of images") String source,
    @Column(meaning = "the model") String target,
    @Column(meaning = "mode of its convolutions") String padding,
    @Column(meaning = "relation of the model to the one that the images were evolved on")
        String relation,
    int images,
    @Column(unit = "probability") double meanPCat,
    @Column(unit = "probability") OptionalDouble meanLow,
    @Column(unit = "probability") OptionalDouble meanHigh,
    @Column(meaning = "number of images with p(cat) of ½ or more") int cats,
    @Column(unit = "share") double shareCats,
    @Column(
            unit = "share",
            meaning =
                "lower end of the interval of the share of cats; also empty when all "
                    + "images agree")
        OptionalDouble shareLow,
    @Column(unit = "share") OptionalDouble shareHigh) {
  /** The name of the file. */
  public static final String FILE = "transfer.csv";

  public static final Table<TransferRow> TABLE = Table.of(TransferRow.class, FILE);

  /**
   * The row of a set and a model.
   *
   * @param mean confidence interval of the mean p(cat)
   * @param share confidence interval of the share of cats
   */
  public static TransferRow of(
      Transfer scored,
      String model,
      String padding,
      Optional<Interval> mean,
      Optional<Interval> share) {
    return new TransferRow(
        scored.source(),
        model,
        padding,
        scored.relation().label(),
        scored.logits().size(),
        scored.meanCatProbability(),
        low(mean),
        high(mean),
        scored.cats(),
        scored.share(),
        low(share),
        high(share));
  }

  private static OptionalDouble low(Optional<Interval> interval) {
    return interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble high(Optional<Interval> interval) {
    return interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty());
  }

  /** The rows of each set of images. Sets may share a name: each set begins with the same model. */
  public static List<List<TransferRow>> sources(List<TransferRow> rows) {
    List<List<TransferRow>> sources = new ArrayList<>();
    for (TransferRow row : rows) {
      TransferRow first = rows.get(0);
      if (row.target.equals(first.target) && row.padding.equals(first.padding)) {
        sources.add(new ArrayList<>());
      }
      sources.get(sources.size() - 1).add(row);
    }
    return sources;
  }

  /** Whether the images were evolved on this very model, with its own padding. */
  public boolean isOwn() {
    return relation.equals(Relation.OWN.label());
  }
}
