package org.whisker.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The distance of a picture from the boundary, in flips and by a linear estimate.
 *
 * @param logit of not-cat
 * @param gradientNorm the Euclidean norm of the logit's gradient with respect to gray values, at
 *     the picture
 * @param linearFlips number of flips that would cross the boundary if the logit were linear; empty
 *     if all together would not
 * @param flips number of flips found to cross it, an upper bound; empty if the search gave up
 * @param lastLogit of the last picture of the search
 */
public record Margin(
    float logit, double gradientNorm, OptionalInt linearFlips, OptionalInt flips, float lastLogit) {
  public Margin {
    if (!(gradientNorm >= 0)) {
      throw new IllegalArgumentException("a norm is at least 0, was " + gradientNorm);
    }
    if (flips.isPresent() == (Grays.isCat(logit) == Grays.isCat(lastLogit))) {
      throw new IllegalArgumentException(
          "flips %s with logits %s and %s".formatted(flips, logit, lastLogit));
    }
  }

  /** Whether the picture is a cat: p(cat) is ½ or more. */
  public boolean isCat() {
    return Grays.isCat(logit);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  /**
   * |logit| / ‖gradient‖: the distance to the boundary if the logit were linear, in gray values
   * (one pixel from black to white is 1); infinite where there is no gradient.
   */
  public double linearDistance() {
    return Math.abs(logit) / gradientNorm;
  }

  /**
   * A row of {@code margins.csv}: the distance of one image from the decision boundary, p(cat) = ½.
   * Logits are of not-cat.
   */
  public record OfImage(
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

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    public OfImage {
      if (!(gradientNorm >= 0)) {
        throw new IllegalArgumentException("a norm is at least 0, was " + gradientNorm);
      }
      if (flips.isPresent() == (side == Side.of(lastLogit <= 0))) {
        throw new IllegalArgumentException(
            "flips %s with logits %s and %s".formatted(flips, logit, lastLogit));
      }
    }

    /** The row of an image. */
    public static OfImage of(String group, String image, Margin margin) {
      return new OfImage(
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

    /** Its group and side, in the form of {@link Summary#images}. */
    public String set() {
      return group + ", seen as " + side.label();
    }
  }

  /**
   * A row of {@code summary.csv}: the margins of a group's images on one side of the boundary.
   * Images on which the search gave up count as infinitely far; an infinite median is left empty.
   */
  public record Summary(
      @Column(meaning = "the group and the side, see set") String images,
      @Column(meaning = "number of images") int count,
      @Column(meaning = "number of images on which the search gave up") int notReached,
      @Column(unit = "px") OptionalDouble medianFlips,
      @Column(unit = "px") OptionalDouble medianLinearFlips,
      @Column(unit = "gray") OptionalDouble medianLinearDistance,
      @Column(unit = "logit") OptionalDouble medianAbsLogit) {
    /** The name of the file. */
    public static final String FILE = "summary.csv";

    public static final Table<Summary> TABLE = Table.of(Summary.class, FILE);

    /** One row per group and side, in the order of their first images. */
    public static List<Summary> of(List<Margin.OfImage> margins) {
      Map<String, List<Margin.OfImage>> sets = new LinkedHashMap<>();
      margins.forEach(row -> sets.computeIfAbsent(row.set(), s -> new ArrayList<>()).add(row));
      return sets.entrySet().stream().map(set -> of(set.getKey(), set.getValue())).toList();
    }

    private static Summary of(String images, List<Margin.OfImage> rows) {
      return new Summary(
          images,
          rows.size(),
          (int) rows.stream().filter(row -> row.flips().isEmpty()).count(),
          median(rows, row -> orInfinite(row.flips())),
          median(rows, row -> orInfinite(row.linearFlips())),
          median(rows, Margin.OfImage::linearDistance),
          median(rows, row -> Math.abs(row.logit())));
    }

    private static double orInfinite(OptionalInt count) {
      return count.isPresent() ? count.getAsInt() : Double.POSITIVE_INFINITY;
    }

    private static OptionalDouble median(
        List<Margin.OfImage> rows, ToDoubleFunction<Margin.OfImage> value) {
      double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
      double low = sorted[(sorted.length - 1) / 2];
      double high = sorted[sorted.length / 2];
      return Double.isInfinite(high) ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
    }
  }
}
