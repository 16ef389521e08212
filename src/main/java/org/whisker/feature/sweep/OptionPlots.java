package org.whisker.feature.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.ValueAxis;

/**
 * An outcome of searches by the value of an option, a point a setting; of more than {@value
 * #MOST_POINTS} settings some are drawn at random.
 */
public final class OptionPlots {
  /** Of a plot: each is an element of the page. */
  public static final int MOST_POINTS = 1_000;

  private static final double HALF = 0.5;

  /** Numbers that reach over more than this ratio are drawn by their logarithm. */
  private static final double WIDE = 30;

  private static final int MOST_VALUES = 12;

  private OptionPlots() {}

  /**
   * The plots of one option: of a number one plot with a colour a model, else one a model. None
   * where no setting has the outcome, or words are too many.
   */
  public static List<Drawing> of(List<OptionSettings> models, SettingOutcome outcome) {
    List<OptionSettings> having =
        models.stream()
            .map(each -> each.having(outcome))
            .filter(each -> !each.settings().isEmpty())
            .toList();
    if (having.isEmpty()) {
      return List.of();
    }
    return having.stream().allMatch(OptionSettings::isNumeric) && having.size() <= XyPlot.MOST_NAMED
        ? List.of(points(having, outcome))
        : having.stream().flatMap(each -> strips(each, outcome).stream()).toList();
  }

  private static Drawing points(List<OptionSettings> models, SettingOutcome outcome) {
    String option = models.get(0).option();
    boolean log = isWide(models);
    List<Line> groups = new ArrayList<>();
    for (OptionSettings all : models) {
      OptionSettings each = all.sample(MOST_POINTS / models.size());
      double[] x = each.numbers();
      groups.add(
          new Line(
              each.model(),
              log ? Arrays.stream(x).map(Math::log10).toArray() : x,
              each.outcomes(outcome)));
    }
    return Charts.points(
        title(outcome) + " by " + option,
        log ? "log10 of " + option : option,
        outcome.words(),
        groups,
        HALF,
        reference(outcome));
  }

  private static boolean isWide(List<OptionSettings> models) {
    double[] all =
        models.stream().flatMapToDouble(each -> DoubleStream.of(each.numbers())).sorted().toArray();
    return all[0] > 0 && all[all.length - 1] / all[0] > WIDE;
  }

  private static Optional<Drawing> strips(OptionSettings each, SettingOutcome outcome) {
    List<String> values = each.values().stream().distinct().toList();
    List<Arm> arms = new ArrayList<>();
    for (String value : values.size() > MOST_VALUES ? List.<String>of() : values) {
      OptionSettings own = each.of(value);
      double mean = Arrays.stream(own.outcomes(outcome)).average().orElseThrow();
      double[] dots = own.sample(MOST_POINTS / values.size()).outcomes(outcome);
      arms.add(new Arm(value, dots, mean, mean, mean));
    }
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StripPlot(
                ValueAxis.linear(outcome.words(), 0, 1).withReference(HALF, 0),
                each.model() + ": " + title(outcome) + " by " + each.option(),
                arms,
                "dots: settings;  diamond: their mean;  dashed: " + reference(outcome)));
  }

  private static String title(SettingOutcome outcome) {
    return outcome == SettingOutcome.EDGE_INDEX ? "E of cats" : "p(cat)";
  }

  private static String reference(SettingOutcome outcome) {
    return outcome == SettingOutcome.EDGE_INDEX ? "chance" : "p(cat) ½";
  }
}
