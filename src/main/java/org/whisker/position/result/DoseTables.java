package org.whisker.position.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.position.DoseResponse;
import org.whisker.position.RingRange;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/** The tables of a dose-response by place. */
public final class DoseTables {
  private DoseTables() {}

  /** A row of {@value #FILE}: what a number of pixels drawn at random in a zone cost on a base. */
  public record DoseRow(
      @Column(
              meaning =
                  "what pixels were added to: white, another background, a picture, photos, or"
                      + " evolved images")
          String base,
      @Column(meaning = "number of the zone; 1 is at the border, the last in the centre") int zone,
      @Column(meaning = "the rings of the zone") RingRange where,
      @Column(unit = "px", meaning = "number of pixels added") int pixels,
      @Column(meaning = "number of draws; for evolved images and photos, number of pictures")
          int units,
      @Column(
              unit = "logit",
              meaning =
                  "mean change of the logit against the target by these pixels; above 0 is away from the target")
          double meanDeltaLogit,
      @Column(
              unit = "logit",
              meaning = "lower end of its 95 % interval over draws, or over such pictures")
          OptionalDouble ciLow,
      @Column(unit = "logit") OptionalDouble ciHigh,
      @Column(unit = "logit", meaning = "standard deviation over draws, or over such pictures")
          OptionalDouble sd,
      @Column(
              unit = "logit",
              meaning =
                  "mean cost of each pixel added between the next smaller dose (0 pixels for"
                      + " the smallest dose) and this one")
          double nextPixel,
      @Column(
              unit = "logit",
              meaning =
                  "mean change by the same pixels in the same network averaged over all rolls"
                      + " of its input, for which all places are equal; outermost and"
                      + " innermost zone only")
          OptionalDouble rolledDeltaLogit,
      @Column(unit = "logit") OptionalDouble rolledCiLow,
      @Column(unit = "logit") OptionalDouble rolledCiHigh) {
    public static final String FILE = "dose.csv";
    public static final Table<DoseRow> TABLE = Table.of(DoseRow.class, FILE);

    /** One row per zone, from the border inwards, and dose. */
    public static List<DoseRow> of(String base, DoseResponse response, RandomGenerator random) {
      List<DoseRow> rows = new ArrayList<>();
      for (int zone = 0; zone < response.zones().size(); zone++) {
        for (int dose = 0; dose < response.counts().size(); dose++) {
          rows.add(of(base, response, zone, dose, random));
        }
      }
      return rows;
    }

    private static DoseRow of(
        String base, DoseResponse response, int zone, int dose, RandomGenerator random) {
      double[] cost = response.cost(zone, dose);
      Optional<double[]> rolled = response.rolled(zone, dose);
      Optional<Interval> own = interval(cost, random);
      Optional<Interval> other = rolled.flatMap(values -> interval(values, random));
      return new DoseRow(
          base,
          zone + 1,
          RingRange.of(response.zones().get(zone)),
          response.counts().get(dose),
          cost.length,
          mean(cost),
          OptionalNumber.of(own, Interval::low),
          OptionalNumber.of(own, Interval::high),
          cost.length < 2 ? OptionalDouble.empty() : Summary.of(cost).sd(),
          response.nextPixel(zone, dose),
          OptionalNumber.of(rolled, DoseRow::mean),
          OptionalNumber.of(other, Interval::low),
          OptionalNumber.of(other, Interval::high));
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElse(0);
    }

    private static Optional<Interval> interval(double[] values, RandomGenerator random) {
      return values.length < 2
          ? Optional.empty()
          : Optional.of(Bootstrap.standard().mean(values, random));
    }
  }

  /** A row of {@value #FILE}: how the cost of pixels in the centre rises above that at the edge. */
  public record BarrierRow(
      @Column(meaning = "what pixels were added to, as in dose.csv") String base,
      @Column(
              unit = "logit",
              meaning = "logit against the target of the base; the mean if there are several bases")
          double baselineLogit,
      @Column(meaning = "number of draws; for evolved images and photos, number of pictures")
          int units,
      @Column(
              unit = "logit",
              meaning =
                  "barrier height: mean cost in the innermost zone, less that in the outermost"
                      + " where pixels cost there, too; at the dose where this is largest")
          double height,
      @Column(unit = "logit") double heightCiLow,
      @Column(unit = "logit") double heightCiHigh,
      @Column(unit = "px", meaning = "the dose at which it is largest") int heightPixels,
      @Column(
              unit = "logit",
              meaning =
                  "height of the same network averaged over all rolls of its input, for which"
                      + " all places are equal")
          OptionalDouble rolledHeight,
      @Column(
              unit = "logit",
              meaning =
                  "height minus rolled_height, or the cost in the innermost zone where that"
                      + " is nearer to 0; the dose is chosen on other draws")
          double barrier,
      @Column(unit = "logit") double barrierCiLow,
      @Column(unit = "logit") double barrierCiHigh,
      @Column(
              unit = "px",
              meaning =
                  "dose at which half of the height is reached, by linear interpolation"
                      + " between doses; empty where the height is not above 0")
          OptionalDouble halfPixels,
      @Column(unit = "px") OptionalDouble halfCiLow,
      @Column(unit = "px") OptionalDouble halfCiHigh,
      @Column(unit = "logit", meaning = "cost of the first pixel in the innermost zone")
          double firstCentre,
      @Column(unit = "logit") double firstCentreCiLow,
      @Column(unit = "logit") double firstCentreCiHigh,
      @Column(unit = "logit", meaning = "cost of the first pixel in the outermost zone")
          double firstEdge,
      @Column(unit = "logit") double firstEdgeCiLow,
      @Column(unit = "logit") double firstEdgeCiHigh,
      @Column(
              unit = "logit",
              meaning = "mean cost of each pixel between the last two doses in the innermost zone")
          double lastCentre,
      @Column(meaning = "whether last_centre is shown to be less than half of first_centre")
          boolean saturates) {
    public static final String FILE = "barrier.csv";
    public static final Table<BarrierRow> TABLE = Table.of(BarrierRow.class, FILE);

    /** The row of a base with at least two units. */
    public static BarrierRow of(String base, DoseResponse response, RandomGenerator random) {
      DoseResponse.Summary summary = response.summary(random);
      return new BarrierRow(
          base,
          response.baseline(),
          response.units(),
          summary.height().value(),
          summary.height().interval().low(),
          summary.height().interval().high(),
          summary.pixels(),
          summary.rolledHeight(),
          summary.barrier().value(),
          summary.barrier().interval().low(),
          summary.barrier().interval().high(),
          OptionalNumber.of(summary.half(), Estimate::value),
          OptionalNumber.of(summary.half(), half -> half.interval().low()),
          OptionalNumber.of(summary.half(), half -> half.interval().high()),
          summary.firstCentre().value(),
          summary.firstCentre().interval().low(),
          summary.firstCentre().interval().high(),
          summary.firstEdge().value(),
          summary.firstEdge().interval().low(),
          summary.firstEdge().interval().high(),
          summary.lastCentre(),
          summary.saturates());
    }
  }
}
