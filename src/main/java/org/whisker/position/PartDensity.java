package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.DensityProfile.RunMean;
import org.whisker.position.PixelTable.Runs;
import org.whisker.stats.Holm;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * The density of black pixels in one part of the canvas, relative to a uniform distribution; or its
 * difference between one part and the opposite one. A row of {@value #FILE}.
 */
public record PartDensity(
    @Column(meaning = "name of the part, or of a difference, such as left - right") String part,
    @Column(meaning = "density relative to a uniform distribution, mean over runs") double density,
    @Column(
            meaning =
                "lower end of the 95 % confidence interval over runs, not truncated "
                    + "at 0; empty for a single run")
        OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(meaning = "value expected by chance: 1, or 0 for a difference") double byChance,
    @Column(
            unit = "probability",
            meaning = "two-sided p-value of a sign-flip permutation test around by_chance")
        double pValue,
    @Column(unit = "probability", meaning = "p-value corrected (Holm) over all rows")
        double pHolm) {
  public static final String FILE = "sides.csv";
  public static final Table<PartDensity> TABLE = Table.of(PartDensity.class, FILE);

  private static final int MOST_DRAWS = 9_999;
  private static final int FEWEST_DRAWS = 999;
  private static final int MOST_FLIPS = 10_000_000;

  public PartDensity {
    Checks.require(Double.isFinite(density), "density in %s is %s", part, density);
  }

  /** Whether it is a difference between two parts, not the density in one. */
  public boolean isDifference() {
    return byChance == 0;
  }

  /**
   * The density in a part, and what it is the mean of.
   *
   * @param perRun the value of each run with a black pixel, in their order
   */
  public record OfRuns(PartDensity mean, List<Double> perRun) {
    public OfRuns {
      perRun = List.copyOf(perRun);
    }
  }

  /**
   * Sides, corners, and the differences left − right and top − bottom. A part without a pixel (on a
   * canvas of a few pixels) is left out.
   *
   * @param runs all with a black pixel, on one canvas
   */
  static List<OfRuns> all(List<BlackPixels> runs, RandomGenerator random) {
    Canvas canvas = Runs.canvas(runs);
    List<String> names = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    List<Double> chance = new ArrayList<>();
    for (CanvasPart part : CanvasPart.values()) {
      double[] weights = weights(canvas, part);
      double area = Arrays.stream(weights).sum() / canvas.pixels();
      if (area > 0) {
        names.add(part.label());
        values.add(runs.stream().mapToDouble(run -> share(run, weights) / area).toArray());
        chance.add(1.0);
      }
    }
    difference(CanvasPart.LEFT, CanvasPart.RIGHT, names, values, chance);
    difference(CanvasPart.TOP, CanvasPart.BOTTOM, names, values, chance);
    return judged(names, values, chance, random);
  }

  private static double[] weights(Canvas canvas, CanvasPart part) {
    double[] weights = new double[canvas.pixels()];
    Arrays.setAll(weights, index -> part.share(canvas, index));
    return weights;
  }

  private static double share(BlackPixels run, double[] weights) {
    double sum = 0;
    for (int i = 0; i < run.count(); i++) {
      sum += weights[run.get(i)];
    }
    return sum / run.count();
  }

  private static void difference(
      CanvasPart one,
      CanvasPart other,
      List<String> names,
      List<double[]> values,
      List<Double> chance) {
    int a = names.indexOf(one.label());
    int b = names.indexOf(other.label());
    if (a < 0 || b < 0) {
      return;
    }
    double[] difference = values.get(a).clone();
    for (int run = 0; run < difference.length; run++) {
      difference[run] -= values.get(b)[run];
    }
    names.add(one.label() + " - " + other.label());
    values.add(difference);
    chance.add(0.0);
  }

  private static List<OfRuns> judged(
      List<String> names, List<double[]> values, List<Double> chance, RandomGenerator random) {
    double[] p = new double[values.size()];
    int draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_FLIPS / values.get(0).length));
    for (int i = 0; i < p.length; i++) {
      p[i] =
          SignFlipTest.of(values.get(i), chance.get(i), Alternative.TWO_SIDED, draws, random).p();
    }
    double[] corrected = Holm.adjust(p);
    List<OfRuns> parts = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      RunMean mean = RunMean.of(values.get(i), random);
      PartDensity part =
          new PartDensity(
              names.get(i),
              mean.mean(),
              mean.low(),
              mean.high(),
              chance.get(i),
              p[i],
              corrected[i]);
      parts.add(new OfRuns(part, Arrays.stream(values.get(i)).boxed().toList()));
    }
    return parts;
  }

  /**
   * The parts of a canvas that are distinguished. The sides partition it: each pixel belongs to its
   * nearest border, in equal parts if several are equally near. A corner is a rectangle of a
   * quarter of the width by a quarter of the height; each of the four covers a sixteenth.
   */
  enum CanvasPart {
    TOP,
    BOTTOM,
    LEFT,
    RIGHT,
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT;

    private static final int CORNER = 4;

    /** The name of the part, such as {@code top left}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The share of the pixel that belongs to this part, 0 to 1. */
    double share(Canvas canvas, int index) {
      int left = canvas.x(index);
      int top = canvas.y(index);
      int right = canvas.width() - 1 - left;
      int bottom = canvas.height() - 1 - top;
      return switch (this) {
        case TOP -> side(top, left, right, top, bottom);
        case BOTTOM -> side(bottom, left, right, top, bottom);
        case LEFT -> side(left, left, right, top, bottom);
        case RIGHT -> side(right, left, right, top, bottom);
        case TOP_LEFT -> corner(canvas, left, top);
        case TOP_RIGHT -> corner(canvas, right, top);
        case BOTTOM_LEFT -> corner(canvas, left, bottom);
        case BOTTOM_RIGHT -> corner(canvas, right, bottom);
      };
    }

    private static double side(int own, int left, int right, int top, int bottom) {
      int nearest = Math.min(Math.min(left, right), Math.min(top, bottom));
      int tied = 0;
      for (int distance : new int[] {left, right, top, bottom}) {
        tied += distance == nearest ? 1 : 0;
      }
      return own == nearest ? 1.0 / tied : 0;
    }

    private static double corner(Canvas canvas, int across, int down) {
      // The centre of a pixel decides, so that a quarter that is not a whole number of pixels is
      // split symmetrically.
      boolean inside =
          (2L * across + 1) * CORNER < 2L * canvas.width()
              && (2L * down + 1) * CORNER < 2L * canvas.height();
      return inside ? 1 : 0;
    }
  }
}
