package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.result.RingRange;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the gradient at the white image, averaged over one bin of edge ranks.
 */
public record GradientProfileRow(
    @Column(meaning = "range of the bin") RingRange where,
    @Column(
            unit = "logit",
            meaning =
                "mean over pixels of the absolute derivative of the logit of not-cat "
                    + "with respect to the gray value (0 to 1), in logits per gray value")
        double meanAbsoluteGradient,
    @Column(
            meaning =
                "this mean relative to the mean over the canvas; empty when the " + "latter is 0")
        OptionalDouble relative) {
  public static final String FILE = "gradient_profile.csv";
  public static final Table<GradientProfileRow> TABLE = Table.of(GradientProfileRow.class, FILE);

  /** One row per bin, from the border inwards. */
  public static List<GradientProfileRow> of(SaliencyProfile profile) {
    return profile.bins().stream()
        .map(
            bin ->
                new GradientProfileRow(
                    RingRange.of(bin.where()), bin.meanAbsolute(), bin.relative()))
        .toList();
  }
}
