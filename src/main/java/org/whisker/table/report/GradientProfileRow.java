package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.position.result.RingRange;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the gradient at the white image, averaged over one bin of edge ranks.
 *
 * @param where range of the bin
 * @param meanAbsoluteGradient mean over pixels of the absolute derivative of the logit of not-cat
 *     with respect to the gray value (0 to 1), in logits per gray value
 * @param relative this mean relative to the mean over the canvas; empty when the latter is 0
 */
public record GradientProfileRow(
    RingRange where, @Column(unit = "logit") double meanAbsoluteGradient, OptionalDouble relative) {
  public static final String FILE = "gradient_profile.csv";
  public static final Table<GradientProfileRow> TABLE = Table.of(GradientProfileRow.class);

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
