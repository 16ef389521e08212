package org.whisker.table.boundary;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.attack.Norm;
import org.whisker.boundary.attack.Search;
import org.whisker.boundary.attack.SearchOutcome;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code attacks.csv}: one search for a small change of one image that takes it to the
 * other side of the boundary, p(cat) = ½. Logits are of not-cat. Columns of the changed image are
 * empty when none was found.
 */
public record AttackRow(
    @Column(meaning = "the set of images that it belongs to") String group,
    @Column(meaning = "its file") String image,
    Search search,
    @Column(meaning = "what the distance counts") Norm norm,
    @Column(meaning = "the class that the model assigns to it") Side side,
    @Column(unit = "logit") float logit,
    @Column(unit = "probability") double pCat,
    SearchOutcome.Status status,
    @Column(
            meaning =
                "size of the change, an upper bound of the smallest: pixels, or gray "
                    + "values (0 to 1)")
        OptionalDouble distance,
    @Column(unit = "logit") @Nullable Float logitAfter,
    @Column(unit = "probability") OptionalDouble pCatAfter,
    @Column(
            unit = "probability",
            meaning =
                "p(cat) of the changed image with its grays rounded to 256 steps; "
                    + "empty for flips")
        OptionalDouble pCatRounded) {
  /** The name of the file. */
  public static final String FILE = "attacks.csv";

  public static final Table<AttackRow> TABLE = Table.of(AttackRow.class, FILE);

  public AttackRow {
    if (distance.isPresent() != (status == SearchOutcome.Status.FOUND)) {
      throw new IllegalArgumentException(
          "status %s with distance %s".formatted(status.label(), distance));
    }
  }

  /** The row of an image and a search. */
  public static AttackRow of(String group, String image, Search search, SearchOutcome outcome) {
    return new AttackRow(
        group,
        image,
        search,
        search.norm(),
        Side.of(outcome.logit() <= 0),
        outcome.logit(),
        outcome.catProbability(),
        outcome.status(),
        outcome.distance(),
        outcome.logitAfter().orElse(null),
        outcome.catProbabilityAfter(),
        outcome.catProbabilityRounded());
  }

  /** Whether the search is one for such an image. */
  public boolean counts() {
    return status != SearchOutcome.Status.NOT_FOR_IT;
  }

  /** Its group and side. */
  public String set() {
    return group + ", seen as " + side.label();
  }
}
