package org.whisker.chart.kit.lane;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.value.Checks;

/** One row per arm: every run as a dot, with the mean and its interval below. */
public record StripPlot(ValueAxis axis, String title, List<Arm> arms, String legend)
    implements Composed {
  private static final double ROOM = 0.06;
  private static final String BEYOND =
      "an interval also allows for values that were not drawn: it may end beyond all dots";

  public StripPlot {
    arms = List.copyOf(arms);
    Checks.refuse(arms.isEmpty(), "no arm to draw");
  }

  /** {@code unit}: the axis runs from 0 to 1, for strip plots that are compared. */
  public StripPlot(
      String title,
      String valueLabel,
      List<Arm> arms,
      double reference,
      String legend,
      boolean unit) {
    this(
        (unit ? ValueAxis.linear(valueLabel, 0, 1) : covering(valueLabel, arms, reference))
            .withReference(reference, 0),
        title,
        arms,
        legend);
  }

  /**
   * A strip plot of runs on an axis that covers their values.
   *
   * @param reference the value of no effect
   * @param intervalName name of the interval, such as "95 % interval"
   */
  public StripPlot(
      String title,
      String valueLabel,
      List<Arm> arms,
      double reference,
      String referenceName,
      String intervalName) {
    this(title, valueLabel, arms, reference, legend("runs", intervalName, referenceName), false);
  }

  private static ValueAxis covering(String label, List<Arm> arms, double reference) {
    double[] all =
        DoubleStream.concat(
                DoubleStream.of(reference),
                arms.stream().filter(arm -> !arm.isEmpty()).flatMapToDouble(StripPlot::drawn))
            .sorted()
            .toArray();
    double least = all[0];
    double most = all[all.length - 1];
    double room = most > least ? ROOM * (most - least) : 0.5;
    return ValueAxis.linear(label, least - room, most + room);
  }

  private static DoubleStream drawn(Arm arm) {
    return DoubleStream.concat(
        arm.runs().stream().mapToDouble(run -> run), DoubleStream.of(arm.low(), arm.high()));
  }

  public static String legend(String dots, String intervalName, String referenceName) {
    return "dots: " + dots + ";  bar: mean, " + intervalName + ";  dashed: " + referenceName;
  }

  /**
   * The legend of runs of arms.
   *
   * @param runs which runs are drawn as dots
   * @param trained whether arms have several networks, in which case the mean is over networks
   */
  public static String ofRuns(String runs, boolean trained, String referenceName) {
    return trained
        ? legend(
            runs + ", those of a network in a line", "95 % interval over networks", referenceName)
        : legend(runs, "95 % interval", referenceName);
  }

  @Override
  public Drawing drawing() {
    List<LaneRow> rows = new ArrayList<>();
    for (Arm arm : arms) {
      // names stand beside the arms, so no colour is used for two of them
      rows.add(row(arm, Ink.series(arms.size() > XyPlot.MOST_NAMED ? 0 : rows.size())));
    }
    List<String> notes =
        arms.stream().anyMatch(Arm::isBeyondDots) ? List.of(legend, BEYOND) : List.of(legend);
    return new Lanes(title, List.of(), List.of(Lanes.Block.of(axis, rows)), notes);
  }

  private LaneRow row(Arm arm, Color color) {
    if (arm.isEmpty()) {
      LaneMark none = new LaneMark.Note("no run has a value", Ink.MUTED);
      return LaneRow.of(arm.name(), LaneRow.Lane.of(none));
    }
    LaneMark dots = new LaneMark.Dots(arm.runs(), arm.lines(), color, true);
    // an interval may extend beyond the range of a share
    double low = Math.max(axis.min(), arm.low());
    double high = Math.min(axis.max(), arm.high());
    LaneMark mean = new IntervalMark(low, arm.mean(), high, color, IntervalMark.Shape.DIAMOND);
    return LaneRow.of(arm.name(), LaneRow.Lane.of(dots), LaneRow.Lane.of(mean));
  }

  /**
   * One arm of an experiment: the values of all runs, their mean and its interval.
   *
   * @param lines line number of each run: runs with the same number are drawn in one line
   * @param low lower end of the mean's interval
   * @param high upper end of the interval
   */
  public record Arm(
      String name, List<Double> runs, List<Integer> lines, double mean, double low, double high) {
    public Arm {
      runs = List.copyOf(runs);
      lines = List.copyOf(lines);
      Checks.refuse(
          runs.size() != lines.size() || (!runs.isEmpty() && !(low <= mean && mean <= high)),
          "arm %s: %d runs in %d lines, mean %s in [%s, %s]",
          name,
          runs.size(),
          lines.size(),
          mean,
          low,
          high);
    }

    /**
     * @param runs at least one
     */
    public Arm(String name, double[] runs, double mean, double low, double high) {
      this(name, runs, IntStream.range(0, runs.length).toArray(), mean, low, high);
    }

    /**
     * @param runs at least one
     */
    public Arm(String name, double[] runs, int[] lines, double mean, double low, double high) {
      this(
          name,
          DoubleStream.of(runs).boxed().toList(),
          IntStream.of(lines).boxed().toList(),
          mean,
          low,
          high);
      Checks.refuse(runs.length == 0, "arm %s has no run", name);
    }

    /** An arm without any values, which keeps its row and colour. */
    public static Arm none(String name) {
      return new Arm(name, List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN);
    }

    public boolean isEmpty() {
      return runs.isEmpty();
    }

    private boolean isBeyondDots() {
      return !isEmpty()
          && (runs.stream().allMatch(run -> run > low)
              || runs.stream().allMatch(run -> run < high));
    }
  }
}
