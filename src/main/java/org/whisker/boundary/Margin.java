package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.whisker.boundary.GreedyStep.GreedyFlips;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.table.Column;
import org.whisker.table.PictureId;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * The distance of a picture from the decision boundary, p(target) = ½, in flips and by a linear
 * estimate. Logits are of not-cat.
 */
public record Margin(
    @Column(unit = "logit") float logit,
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
    @Column(unit = "logit", meaning = "logit at which the search ended") float lastLogit) {
  public Margin {
    Checks.require(gradientNorm >= 0, "a norm is at least 0, was %s", gradientNorm);
    if (flips.isPresent() == (Grays.isCat(logit) == Grays.isCat(lastLogit))) {
      throw new IllegalArgumentException(
          "flips %s with logits %s and %s".formatted(flips, logit, lastLogit));
    }
  }

  /** The class that the model assigns to the picture. */
  @Column(after = Column.START, meaning = "the class that the model assigns to it")
  public Side side() {
    return Side.of(Grays.isCat(logit));
  }

  @Column(after = "logit", value = "p_target", unit = Column.PROBABILITY)
  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  /** |logit| / ‖gradient‖: the distance to the boundary if the logit were linear. */
  @Column(
      after = "gradientNorm",
      unit = "gray",
      meaning =
          "|logit| divided by the gradient norm, in gray values (one pixel from "
              + "black to white is 1); infinite for a gradient of zero")
  public double linearDistance() {
    return Math.abs(logit) / gradientNorm;
  }

  /** A row of {@code margins.csv}. */
  public record OfImage(PictureId picture, Margin margin) {
    public static final String FILE = "margins.csv";

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    /** The picture's group and its side of the boundary, in the form of {@link Summary#images}. */
    public String set() {
      return picture.group() + ", seen as " + margin.side().label();
    }
  }

  /**
   * A row of {@code summary.csv}: the margins of a group's images on one side of the boundary.
   * Images on which the search gave up count as infinitely far; an infinite median is left empty.
   */
  public record Summary(
      @Column(format = "%s", meaning = "the group, and the side of the boundary") String images,
      @Column(format = "%d", meaning = "number of images") int count,
      @Column(format = "%d", meaning = "number of images on which the search gave up")
          int notReached,
      @Column(
              unit = "px",
              format = "%.1f",
              meaning = "median of the flips; empty where it is infinite")
          OptionalDouble medianFlips,
      @Column(
              unit = "px",
              title = "linear flips",
              format = "%.1f",
              meaning = "median of the flips that would suffice if the logit were linear")
          OptionalDouble medianLinearFlips,
      @Column(
              unit = "gray",
              title = "linear distance",
              format = "%.3f",
              meaning = "median of the distance to the boundary if the logit were linear")
          OptionalDouble medianLinearDistance,
      @Column(unit = "logit", meaning = "median of |logit|") OptionalDouble medianAbsLogit) {
    public static final String FILE = "summary.csv";

    public static final Table<Summary> TABLE = Table.of(Summary.class, FILE);

    /** One row per group and side, in the order of their first images. */
    public static List<Summary> of(List<OfImage> margins) {
      Map<String, List<OfImage>> sets = Table.by(margins, OfImage::set);
      return sets.entrySet().stream().map(set -> of(set.getKey(), set.getValue())).toList();
    }

    private static Summary of(String images, List<OfImage> rows) {
      return new Summary(
          images,
          rows.size(),
          (int) rows.stream().filter(row -> row.margin().flips().isEmpty()).count(),
          median(rows, row -> orInfinite(row.margin().flips())),
          median(rows, row -> orInfinite(row.margin().linearFlips())),
          median(rows, row -> row.margin().linearDistance()),
          median(rows, row -> Math.abs(row.margin().logit())));
    }

    private static double orInfinite(OptionalInt count) {
      return count.isPresent() ? count.getAsInt() : Double.POSITIVE_INFINITY;
    }

    private static OptionalDouble median(List<OfImage> rows, ToDoubleFunction<OfImage> value) {
      double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
      double low = sorted[(sorted.length - 1) / 2];
      double high = sorted[sorted.length / 2];
      return Double.isInfinite(high) ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
    }
  }

  /** A side of the decision boundary. */
  public enum Side {
    /** p(target) is ½ or more. */
    TARGET("target"),
    /** p(target) is below ½. */
    NOT_TARGET("not-target");

    private final String label;

    Side(String label) {
      this.label = label;
    }

    public static Side of(boolean cat) {
      return cat ? TARGET : NOT_TARGET;
    }

    public String label() {
      return label;
    }
  }

  /**
   * Looks for few flips that bring a picture across the boundary. A flip makes a pixel black or
   * white (of a gray pixel, whichever helps); each pixel flips once. Among the candidates that are
   * most promising by the gradient at the current picture, every step takes the flip that moves the
   * logit most towards the boundary. The number is an upper bound: fewer flips of other pixels may
   * suffice.
   *
   * @param maxFlips number of flips at which the search gives up, at least 1
   * @param candidates largest number of flips scored per step, at least 1
   * @param batch pictures per call, at least 1
   */
  public record MarginSearch(int maxFlips, int candidates, int batch) {
    public MarginSearch {
      GreedyStep.checkLimits(maxFlips, candidates, 0, batch);
    }

    public Margin of(DifferentiableClassifier classifier, Raster picture) {
      float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
      float[] gradient = classifier.inputGradients(List.of(picture)).get(0);
      int goal = Grays.isCat(logit) ? 1 : -1;
      PlanarImage shown = PlanarImage.from(picture);
      OptionalInt linear = linearFlips(shown, gradient, Math.abs(logit), goal);
      return search(classifier, shown, logit, norm(gradient), linear);
    }

    private Margin search(
        Classifier classifier, PlanarImage picture, float logit, double norm, OptionalInt linear) {
      boolean cat = Grays.isCat(logit);
      GreedyFlips.Trail trail =
          new GreedyFlips(maxFlips, candidates, batch)
              .from(
                  classifier,
                  picture,
                  flips(picture),
                  cat ? 1 : -1,
                  now -> Grays.isCat(now) != cat,
                  () -> false);
      List<GreedyStep.Scored> made = trail.flips();
      return new Margin(
          logit,
          trail.reached() ? OptionalInt.of(made.size()) : OptionalInt.empty(),
          linear,
          norm,
          made.isEmpty() ? logit : made.get(made.size() - 1).logit());
    }

    /** The moves of every pixel to black and to white, except those that change nothing. */
    private static List<GreedyStep.Move> flips(PlanarImage picture) {
      PlanarImage black = PlanarImage.filled(picture.canvas(), 0, picture.planes());
      PlanarImage white = PlanarImage.filled(picture.canvas(), 1, picture.planes());
      List<GreedyStep.Move> flips = new ArrayList<>();
      for (int pixel = 0; pixel < picture.canvas().pixels(); pixel++) {
        if (!picture.isSameAt(black, pixel)) {
          flips.add(new GreedyStep.Move(pixel, 0));
        }
        if (!picture.isSameAt(white, pixel)) {
          flips.add(new GreedyStep.Move(pixel, 1));
        }
      }
      return flips;
    }

    private static double norm(float[] gradient) {
      double sum = 0;
      for (float each : gradient) {
        sum += (double) each * each;
      }
      return Math.sqrt(sum);
    }

    /** The number of largest first-order gains whose sum covers the distance. */
    private static OptionalInt linearFlips(
        PlanarImage picture, float[] gradient, double distance, int goal) {
      double[] gains = new double[picture.canvas().pixels()];
      for (int pixel = 0; pixel < gains.length; pixel++) {
        double black = 0;
        double white = 0;
        for (int i = pixel; i < gradient.length; i += gains.length) {
          double slope = goal * (double) gradient[i];
          black += slope * -picture.at(i);
          white += slope * (1 - picture.at(i));
        }
        gains[pixel] = Math.max(black, white);
      }
      Arrays.sort(gains);
      double sum = 0;
      for (int flips = 0; flips < gains.length; flips++) {
        if (sum >= distance) {
          return OptionalInt.of(flips);
        }
        sum += gains[gains.length - 1 - flips];
      }
      return sum >= distance ? OptionalInt.of(gains.length) : OptionalInt.empty();
    }
  }
}
