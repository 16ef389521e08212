package org.whisker.boundary.attack;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.boundary.Grays;
import org.whisker.boundary.Margin.Side;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.classifier.Classifier;
import org.whisker.table.Column;
import org.whisker.table.PictureId;
import org.whisker.table.Table;

/** What a search for a small change of a picture found. Logits are of not-cat. */
public record SearchOutcome(
    @Column(unit = "logit") float logit,
    @Column(meaning = "whether a change was found") Status status,
    @Column(
            meaning =
                "size of the change, an upper bound of the smallest: pixels, or gray "
                    + "values (0 to 1)")
        OptionalDouble distance,
    @Column(unit = "logit", meaning = "logit of not-cat of the changed image")
        Optional<Float> logitAfter,
    @Column(
            unit = Column.PROBABILITY,
            meaning =
                "p(cat) of the changed image with its grays rounded to 256 steps, as image files "
                    + "keep them; empty for flips")
        OptionalDouble pCatRounded) {
  public SearchOutcome {
    if (distance.isPresent() != (status == Status.FOUND)) {
      throw new IllegalArgumentException(
          "status %s with distance %s".formatted(status.label(), distance));
    }
  }

  /** Whether a search found anything. */
  public enum Status {
    /** The search crossed the boundary. */
    FOUND("found"),
    /** The search ended without crossing the boundary. */
    NOT_FOUND("not found"),
    /** The search takes only cats of two tones, and the picture is none. */
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

  /** The outcome of a search that found nothing. */
  static SearchOutcome none(float logit, Status status) {
    return new SearchOutcome(
        logit, status, OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /**
   * The outcome of a search that found a changed picture.
   *
   * @param rounded the logit of the changed picture with its grays rounded
   */
  static SearchOutcome found(float logit, double distance, float after, Optional<Float> rounded) {
    return new SearchOutcome(
        logit, Status.FOUND, OptionalDouble.of(distance), Optional.of(after), probability(rounded));
  }

  /** The class that the model assigns to the picture. */
  @Column(after = Column.START, meaning = "the class that the model assigns to it")
  public Side side() {
    return Side.of(Grays.isCat(logit));
  }

  @Column(after = "logit", value = "p_cat", unit = Column.PROBABILITY)
  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  @Column(
      after = "logitAfter",
      value = "p_cat_after",
      unit = Column.PROBABILITY,
      meaning = "p(cat) of the changed image")
  public OptionalDouble catProbabilityAfter() {
    return probability(logitAfter);
  }

  private static OptionalDouble probability(Optional<Float> logit) {
    return logit.stream().mapToDouble(Classifier::catProbability).findFirst();
  }

  /**
   * A row of {@code attacks.csv}: one search for a small change of one image that takes it to the
   * other side of the boundary, p(cat) = ½. Columns of the changed image are empty when none was
   * found.
   */
  public record OfImage(
      PictureId picture,
      @Column(meaning = "name of the search") Search search,
      SearchOutcome outcome) {
    /** The name of the file. */
    public static final String FILE = "attacks.csv";

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    /** What the distance counts. */
    @Column(after = "search", meaning = "what the distance counts")
    public Norm norm() {
      return search.norm();
    }

    /** Whether the search is one for such an image. */
    public boolean counts() {
      return outcome.status() != Status.NOT_FOR_IT;
    }

    /** The picture's group and its side of the boundary. */
    public String set() {
      return picture.group() + ", seen as " + outcome.side().label();
    }
  }
}
