package org.whisker.boundary.attack;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Side;
import org.whisker.classifier.Classifier;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * What a search found for a picture. Logits are of not-cat.
 *
 * @param logit of the picture
 * @param status whether there is anything
 * @param distance the size of the change, by the norm of the search; empty if none was found
 * @param logitAfter of the changed picture; empty if there is none
 * @param logitRounded of the changed picture with its grays rounded to 256 steps, as image files
 *     keep them; empty where flips are all that was changed
 */
public record SearchOutcome(
    float logit,
    Status status,
    OptionalDouble distance,
    Optional<Float> logitAfter,
    Optional<Float> logitRounded) {

  /** Whether a search found anything. */
  public enum Status {
    /** It crossed the boundary. */
    FOUND("found"),
    /** It gave up. */
    NOT_FOUND("not found"),
    /** It is for cats of two tones alone, and the picture is none. */
    NOT_FOR_IT("no two-tone cat");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** The value in tables. */
    public String label() {
      return label;
    }
  }

  /** Where nothing was found. */
  static SearchOutcome none(float logit, Status status) {
    return new SearchOutcome(
        logit, status, OptionalDouble.empty(), Optional.empty(), Optional.empty());
  }

  /** Where something was found. */
  static SearchOutcome found(float logit, double distance, float after, Optional<Float> rounded) {
    return new SearchOutcome(
        logit, Status.FOUND, OptionalDouble.of(distance), Optional.of(after), rounded);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  public OptionalDouble catProbabilityAfter() {
    return probability(logitAfter);
  }

  public OptionalDouble catProbabilityRounded() {
    return probability(logitRounded);
  }

  private static OptionalDouble probability(Optional<Float> logit) {
    return logit.stream().mapToDouble(Classifier::catProbability).findFirst();
  }

  /**
   * A row of {@code attacks.csv}: one search for a small change of one image that takes it to the
   * other side of the boundary, p(cat) = ½. Logits are of not-cat. Columns of the changed image are
   * empty when none was found.
   */
  public record OfImage(
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

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    public OfImage {
      if (distance.isPresent() != (status == SearchOutcome.Status.FOUND)) {
        throw new IllegalArgumentException(
            "status %s with distance %s".formatted(status.label(), distance));
      }
    }

    /** The row of an image and a search. */
    public static OfImage of(String group, String image, Search search, SearchOutcome outcome) {
      return new OfImage(
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
}
