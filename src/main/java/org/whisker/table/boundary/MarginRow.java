package org.whisker.table.boundary;

import java.util.OptionalInt;
import org.whisker.boundary.Margin;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code margins.csv}: the distance of one image from the decision boundary, p(cat) = ½.
 * Logits are of not-cat.
 */
public record MarginRow(
    @Column(meaning = "the set of images that it belongs to") String group,
    @Column(meaning = "its file") String image,
    @Column(meaning = "the class that the model assigns to it") Side side,
    @Column(unit = "logit") float logit,
    @Column(unit = "probability") double pCat,
    @Column(
            unit = "px",
            meaning =
                "number of pixel flips that cross the boundary, an upper bound of the "
                    + "minimum; empty when the search gave up")
        OptionalInt flips,
    @Column(
            unit = "px",
            meaning =
                "number of flips that would cross it if the logit were linear in the "
                    + "gray values; empty if even all flips would not")
        OptionalInt linearFlips,
    @Column(
            unit = "logit/gray",
            meaning =
                "Euclidean norm of the gradient of the logit with respect to the gray "
                    + "values (0 to 1), in logits per gray value")
        double gradientNorm,
    @Column(
            unit = "gray",
            meaning =
                "|logit| divided by the gradient norm, in gray values (one pixel from "
                    + "black to white is 1); infinite for a gradient of zero")
        double linearDistance,
    @Column(unit = "logit", meaning = "logit at which the search ended") float lastLogit) {
  /** The name of the file. */
  public static final String FILE = "margins.csv";

  public static final Table<MarginRow> TABLE = Table.of(MarginRow.class, FILE);

  public MarginRow {
    if (!(gradientNorm >= 0)) {
      throw new IllegalArgumentException("a norm is at least 0, was " + gradientNorm);
    }
    if (flips.isPresent() == (side == Side.of(lastLogit <= 0))) {
      throw new IllegalArgumentException(
          "flips %s with logits %s and %s".formatted(flips, logit, lastLogit));
    }
  }

  /** The row of an image. */
  public static MarginRow of(String group, String image, Margin margin) {
    return new MarginRow(
        group,
        image,
        Side.of(margin.isCat()),
        margin.logit(),
        margin.catProbability(),
        margin.flips(),
        margin.linearFlips(),
        margin.gradientNorm(),
        margin.linearDistance(),
        margin.lastLogit());
  }

  /** Its group and side, in the form of {@link MarginSummaryRow#images}. */
  public String set() {
    return group + ", seen as " + side.label();
  }
}
