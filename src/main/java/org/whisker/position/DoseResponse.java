package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * The dose-response of a classifier by place: what n pixels, drawn at random in a zone, cost. A
 * cost is a change of the logit against the target, so <b>above 0 is away from the target</b>. The
 * units are draws where one base was measured, and bases (each the mean of its draws) where several
 * were.
 */
public final class DoseResponse {
  private static final int RESAMPLES = 2_000;
  private static final double TAIL = 0.025;

  private final List<EdgeBin> zones;
  private final List<Integer> counts;
  private final double baseline;
  private final double[][][] cost;
  private final double[][][] rolled;

  /**
   * @param baseline logit against the target of the base
   * @param cost by zone, dose and unit
   * @param rolled the same of the network averaged over rolls, of the outermost and the innermost
   *     zone; of length 0 where it was not measured
   */
  DoseResponse(
      List<EdgeBin> zones,
      List<Integer> counts,
      double baseline,
      double[][][] cost,
      double[][][] rolled) {
    this.zones = List.copyOf(zones);
    this.counts = List.copyOf(counts);
    this.baseline = baseline;
    this.cost = cost;
    this.rolled = rolled;
  }

  /**
   * Pools the responses of several bases, at least one: each base is a unit, with the mean of its
   * draws.
   */
  public static DoseResponse pooled(List<DoseResponse> bases) {
    DoseResponse first = bases.get(0);
    return new DoseResponse(
        first.zones,
        first.counts,
        mean(bases.stream().mapToDouble(DoseResponse::baseline).toArray()),
        pooled(bases, first.zones.size(), first.counts.size(), false),
        pooled(bases, first.rolled.length, first.counts.size(), true));
  }

  private static double[][][] pooled(
      List<DoseResponse> bases, int zones, int doses, boolean rolled) {
    double[][][] all = new double[zones][doses][bases.size()];
    for (int zone = 0; zone < zones; zone++) {
      for (int dose = 0; dose < doses; dose++) {
        for (int unit = 0; unit < bases.size(); unit++) {
          DoseResponse base = bases.get(unit);
          all[zone][dose][unit] = mean((rolled ? base.rolled : base.cost)[zone][dose]);
        }
      }
    }
    return all;
  }

  /** The zones from the border inwards. */
  public List<EdgeBin> zones() {
    return zones;
  }

  /** The doses in pixels, ascending. */
  public List<Integer> counts() {
    return counts;
  }

  public int units() {
    return cost[0][0].length;
  }

  /** Logit against the target of the base; of several, their mean. */
  public double baseline() {
    return baseline;
  }

  /** The cost of a dose in a zone by unit, in logits. */
  public double[] cost(int zone, int dose) {
    return cost[zone][dose].clone();
  }

  /**
   * The cost by unit, in logits, under the network averaged over rolls; empty where it was not
   * measured, and for zones between the outermost and the innermost.
   */
  public Optional<double[]> rolled(int zone, int dose) {
    boolean edge = zone == 0;
    return rolled.length == 0 || (!edge && zone != innermost())
        ? Optional.empty()
        : Optional.of(rolled[edge ? 0 : 1][dose].clone());
  }

  /** The mean cost of each pixel between the dose before, or none, and this one. */
  public double nextPixel(int zone, int dose) {
    return mean(nextPixels(zone, dose));
  }

  private double[] nextPixels(int zone, int dose) {
    double[] steps = cost(zone, dose);
    int pixels = counts.get(dose);
    if (dose > 0) {
      steps = Samples.differences(steps, cost[zone][dose - 1]);
      pixels -= counts.get(dose - 1);
    }
    for (int unit = 0; unit < steps.length; unit++) {
      steps[unit] /= pixels;
    }
    return steps;
  }

  /** The number of the innermost zone. */
  public int innermost() {
    return zones.size() - 1;
  }

  /** The cost of the innermost zone less that of the outermost, by unit. */
  public double[] contrast(int dose) {
    return contrast(innermost(), dose);
  }

  private double[] contrast(int zone, int dose) {
    return Samples.differences(cost[zone][dose], cost[0][dose]);
  }

  /**
   * The contrast by unit under the network averaged over rolls; zeros where it was not measured.
   */
  private double[] rolledContrast(int dose) {
    return rolled.length == 0
        ? new double[units()]
        : Samples.differences(rolled[1][dose], rolled[0][dose]);
  }

  private double[] beyondRolls(int dose) {
    return Samples.differences(contrast(dose), rolledContrast(dose));
  }

  /** A zone and a dose by their numbers, and what the zone costs by unit above the edge. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cell(int zone, int dose, double[] aboveEdge) {}

  /** The cells of the innermost zone, beyond the network averaged over rolls or raw. */
  private List<Cell> innermost(boolean beyond) {
    return IntStream.range(0, counts.size())
        .mapToObj(d -> new Cell(innermost(), d, beyond ? beyondRolls(d) : contrast(d)))
        .toList();
  }

  /** The cell with the highest barrier: its mean cost above the edge's and above none. */
  private Cell highest(List<Cell> cells, IntPredicate units) {
    Cell highest = cells.get(0);
    double most = Double.NEGATIVE_INFINITY;
    for (Cell cell : cells) {
      double height =
          Math.min(
              mean(some(cell.aboveEdge(), units)),
              mean(some(cost[cell.zone()][cell.dose()], units)));
      if (height > most) {
        most = height;
        highest = cell;
      }
    }
    return highest;
  }

  /**
   * The cost of the innermost zone above that of the outermost, or above none where pixels of the
   * outermost are worth something: what they are worth there is not for the centre to pay.
   */
  private double[] climb(int dose) {
    double[] contrast = contrast(dose);
    double[] cost = cost(innermost(), dose);
    return mean(contrast) <= mean(cost) ? contrast : cost;
  }

  /** What the curves of the centre and the edge come to; of at least two units. */
  public Summary summary(RandomGenerator random) {
    int dose = highest(innermost(false), unit -> true).dose();
    int last = counts.size() - 1;
    Estimate height = estimate(climb(dose), random);
    double[] falling =
        Samples.differences(
            times(cost[innermost()][0], 0.5 / counts.get(0)), nextPixels(innermost(), last));
    return new Summary(
        counts.get(dose),
        height,
        rolled.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean(rolledContrast(dose))),
        barrier().estimate(random),
        half(dose, height.value(), random),
        first(innermost(), random),
        first(0, random),
        nextPixel(innermost(), last),
        last > 0 && height.value() > 0 && estimate(falling, random).interval().low() > 0);
  }

  private Estimate first(int zone, RandomGenerator random) {
    return estimate(times(cost[zone][0], 1.0 / counts.get(0)), random);
  }

  /** Pixels at which half of the height is reached, with a percentile interval over units. */
  private Optional<Estimate> half(int dose, double height, RandomGenerator random) {
    if (!(height > 0)) {
      return Optional.empty();
    }
    int[] all = IntStream.range(0, units()).toArray();
    double[] halves = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] again = random.ints(all.length, 0, all.length).toArray();
      halves[i] = halfOf(dose, again);
    }
    Arrays.sort(halves);
    double value = halfOf(dose, all);
    double low = Math.min(value, halves[(int) (TAIL * RESAMPLES)]);
    double high = Math.max(value, halves[(int) ((1 - TAIL) * RESAMPLES)]);
    return Optional.of(new Estimate(value, new Interval(low, high, 1 - 2 * TAIL)));
  }

  /** The smallest dose with half of the height at a dose, linear between the doses. */
  private double halfOf(int dose, int[] units) {
    double half = meanClimb(dose, units) / 2;
    double before = 0;
    int pixels = 0;
    for (int each = 0; each <= dose; each++) {
      double here = meanClimb(each, units);
      if (here >= half) {
        double share = here == before ? 1 : (half - before) / (here - before);
        return pixels + Math.max(0, share) * (counts.get(each) - pixels);
      }
      before = here;
      pixels = counts.get(each);
    }
    return counts.get(dose);
  }

  private double meanClimb(int dose, int[] units) {
    double centre = 0;
    double edge = 0;
    for (int unit : units) {
      centre += cost[innermost()][dose][unit];
      edge += cost[0][dose][unit];
    }
    return Math.min(centre, centre - edge) / units.length;
  }

  /**
   * The barrier beyond that of the network averaged over rolls, free of the choice of a dose: the
   * dose at which a unit counts is where the other half of the units has the highest barrier.
   */
  public Barrier barrier() {
    return barrier(innermost(true));
  }

  /**
   * The same of the zones between the innermost and the outermost, where there are any, at the
   * first dose; the zone is chosen as the dose is. Rolls were not measured there, so it is raw: one
   * pixel has no neighbours that a zone's shape could bring together.
   */
  public Optional<Barrier> between() {
    List<Cell> cells =
        IntStream.range(1, innermost())
            .mapToObj(zone -> new Cell(zone, 0, contrast(zone, 0)))
            .toList();
    return cells.isEmpty() ? Optional.empty() : Optional.of(barrier(cells));
  }

  private Barrier barrier(List<Cell> cells) {
    double[] aboveEdge = new double[units()];
    double[] aboveBase = new double[units()];
    int[] doses = new int[2];
    for (int half = 0; half < 2; half++) {
      int own = half;
      Cell cell = highest(cells, unit -> units() == 1 || unit % 2 != own);
      doses[half] = counts.get(cell.dose());
      for (int unit = half; unit < units(); unit += 2) {
        aboveEdge[unit] = cell.aboveEdge()[unit];
        aboveBase[unit] = cost[cell.zone()][cell.dose()][unit];
      }
    }
    return new Barrier(
        aboveEdge,
        aboveBase,
        doses[0] == doses[1] ? OptionalInt.of(doses[0]) : OptionalInt.empty());
  }

  /**
   * How steeply the cost of a centre's pixel falls, by unit: the cost of the first pixel less that
   * of a pixel between the last two doses, in logits; 0 where every pixel costs as much.
   */
  public double[] falling() {
    int last = counts.size() - 1;
    return Samples.differences(
        times(cost[innermost()][0], 1.0 / counts.get(0)), nextPixels(innermost(), last));
  }

  /**
   * A barrier is a cost of its own, and one that is higher than at the edge: two conditions, tested
   * each by itself, of which both must hold (an intersection-union test). What is true of one alone
   * is none: pixels may cost as much at the edge, or be worth less in the centre and cost nothing.
   */
  public static final class Barrier {
    private final double[] aboveEdge;
    private final double[] aboveBase;
    private final OptionalInt pixels;

    private Barrier(double[] aboveEdge, double[] aboveBase, OptionalInt pixels) {
      this.aboveEdge = aboveEdge;
      this.aboveBase = aboveBase;
      this.pixels = pixels;
    }

    /** The dose at which it is highest; empty where both halves of the units differ on that. */
    public OptionalInt pixels() {
      return pixels;
    }

    /** The values by unit of the condition whose mean is nearer to 0. */
    public double[] values() {
      return Math.abs(mean(aboveEdge)) <= Math.abs(mean(aboveBase))
          ? aboveEdge.clone()
          : aboveBase.clone();
    }

    /** The height, in logits; the interval is that of the condition that is nearer to none. */
    public Estimate estimate(RandomGenerator random) {
      return DoseResponse.estimate(values(), random);
    }

    /**
     * Two-sided p by sign flips: the larger of both conditions, and 1 where they disagree.
     *
     * @param draws the number of draws of signs
     */
    public double p(int draws, RandomGenerator random) {
      if (Math.signum(mean(aboveEdge)) != Math.signum(mean(aboveBase))) {
        return 1;
      }
      return largest(
          values -> SignFlipTest.of(values, 0, Alternative.TWO_SIDED, draws, random).p());
    }

    private double largest(ToDoubleFunction<double[]> p) {
      return Math.max(p.applyAsDouble(aboveEdge), p.applyAsDouble(aboveBase));
    }

    /**
     * p of the claim that there is no barrier higher than the margin, neither in the centre nor at
     * the edge. Either condition may show it; p is doubled for the choice.
     */
    public double pEquivalence(double margin) {
      return Math.min(
          1, 2 * Math.max(shown(v -> Equivalence.below(v, margin)), shown(v -> above(v, margin))));
    }

    private static double above(double[] values, double margin) {
      return Equivalence.below(times(values, -1), margin);
    }

    private double shown(ToDoubleFunction<double[]> p) {
      return Math.min(p.applyAsDouble(aboveEdge), p.applyAsDouble(aboveBase));
    }
  }

  /**
   * The curves of the innermost and the outermost zone in numbers. Costs are in logits of not-cat.
   *
   * @param pixels the dose at which the centre costs most above the edge and above none
   * @param height what it costs above both at that dose, in logits
   * @param rolledHeight the height of the network averaged over rolls, where it was measured
   * @param barrier the height beyond the rolled one, see {@link Barrier}
   * @param half pixels at which half of the height is reached; empty where it is not above 0
   * @param firstCentre cost of one pixel of the smallest dose in the centre
   * @param firstEdge cost of one pixel of the smallest dose at the edge
   * @param lastCentre mean cost of each pixel between the last two doses in the centre
   * @param saturates whether that is shown to be less than half of what the first pixel costs
   */
  public record Summary(
      int pixels,
      Estimate height,
      OptionalDouble rolledHeight,
      Estimate barrier,
      Optional<Estimate> half,
      Estimate firstCentre,
      Estimate firstEdge,
      double lastCentre,
      boolean saturates) {}

  private static Estimate estimate(double[] units, RandomGenerator random) {
    return new Estimate(mean(units), Bootstrap.standard().mean(units, random));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double[] some(double[] values, IntPredicate units) {
    return IntStream.range(0, values.length).filter(units).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
