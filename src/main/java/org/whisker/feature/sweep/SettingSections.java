package org.whisker.feature.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.feature.sweep.OptionEffects.OptionEffectRow;
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.OptionEffects.OptionSettings;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.page.PageText;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** Searches by their settings: what options do, and the settings that came nearest to a cat. */
final class SettingSections {
  private static final int MOST = 40;
  private static final int DIGITS = 3;
  private static final double ALPHA = 0.05;

  private SettingSections() {}

  static List<Section> of(
      List<SettingRow> settings, List<OptionRow> options, List<OptionEffectRow> effects) {
    List<Section> sections = new ArrayList<>();
    if (!settings.isEmpty()) {
      List<OptionSettings> varied = OptionSettings.varied(settings, options);
      if (!varied.isEmpty()) {
        sections.add(options(varied, effects));
      }
      sections.add(settings(settings, told(varied, options)));
    }
    return sections;
  }

  private static Section options(List<OptionSettings> varied, List<OptionEffectRow> effects) {
    Map<String, List<OptionSettings>> byOption = Table.by(varied, OptionSettings::option);
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, List<OptionSettings>> option : byOption.entrySet()) {
      List<Panel> panels = new ArrayList<>();
      for (SettingOutcome outcome : SettingOutcome.values()) {
        for (Drawing drawing : plots(option.getValue(), outcome)) {
          panels.add(new Panel(drawing.svg()).withAlt(outcome.words() + " by " + option.getKey()));
        }
      }
      if (!panels.isEmpty()) {
        figures.add(
            new Figure(
                panels,
                "Outcomes by " + option.getKey(),
                "By %s, whatever the other options are.%s"
                    .formatted(option.getKey(), drawn(option.getValue())),
                SettingRow.FILE));
      }
    }
    return new Section(
        "options",
        "Options",
        heading(effects),
        List.of(
            "A point is a setting, the mean of its runs. E is shown of settings of which at least"
                + " half of the runs reached p(cat) ½.",
            "Over settings: rank correlation of an outcome with an option that is a number, with"
                + " its interval, and else the share η² of the variance that lies between the"
                + " option's values. p by permutation of settings, corrected over options and"
                + " models of an outcome (Holm). An option that matters only together with another"
                + " can go unnoticed here."),
        figures,
        List.of(effects(effects)),
        List.of());
  }

  private static String drawn(List<OptionSettings> models) {
    int all = models.stream().mapToInt(each -> each.settings().size()).sum();
    return all <= MOST_POINTS
        ? ""
        : Text.of(
            " A plot shows at most %,d of its settings, drawn at random, of %,d in all; means and"
                + " statistics are of all.",
            MOST_POINTS, all);
  }

  private static String heading(List<OptionEffectRow> effects) {
    String found =
        effects.stream()
            .filter(row -> row.pCorrected().orElse(1) <= ALPHA)
            .map(row -> "%s (%s, %s)".formatted(row.option(), row.outcome(), row.model()))
            .collect(Collectors.joining(", "));
    return found.isEmpty()
        ? "No option is shown to be associated with an outcome"
        : "Options that are associated with an outcome: " + found;
  }

  private static DataTable effects(List<OptionEffectRow> effects) {
    return DataTable.of(
        Columns.of(OptionEffectRow.class)
            .with("model", OptionEffectRow::model)
            .with("option", OptionEffectRow::option)
            .with("outcome", OptionEffectRow::outcome)
            .with("statistic", row -> row.statistic().equals("spearman") ? "rho" : "η²")
            .with("value", row -> interval(row.value(), row.ciLow(), row.ciHigh()))
            .with("settings", OptionEffectRow::settings)
            .with("p", row -> PageText.number(row.p(), 4))
            .with("corrected", row -> PageText.number(row.pCorrected(), 4)),
        effects,
        "How strongly options and outcomes are associated. Empty: too few settings, or all alike.",
        OptionEffectRow.FILE);
  }

  /** Keeps only the options that differ; all where none does. */
  private static List<OptionRow> told(List<OptionSettings> varied, List<OptionRow> options) {
    Set<String> names =
        varied.stream().map(OptionSettings::option).collect(Collectors.toUnmodifiableSet());
    return names.isEmpty()
        ? options
        : options.stream().filter(row -> names.contains(row.option())).toList();
  }

  private static String shortened(OptionRow row) {
    try {
      BigDecimal number = new BigDecimal(row.value()).round(new MathContext(DIGITS));
      return row.option() + " " + number.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return row.option() + " " + row.value(); // a word
    }
  }

  private static Section settings(List<SettingRow> settings, List<OptionRow> options) {
    Map<String, String> words =
        options.stream()
            .collect(
                Collectors.groupingBy(
                    OptionRow::group,
                    Collectors.mapping(SettingSections::shortened, Collectors.joining(", "))));
    List<SettingRow> rows =
        settings.stream()
            .sorted(
                Comparator.comparingDouble((SettingRow row) -> -row.catProbability().orElse(-1)))
            .limit(MOST)
            .toList();
    DataTable table =
        DataTable.of(
            Columns.of(SettingRow.class)
                .with("group", SettingRow::group)
                .with("model", SettingRow::model)
                .with("options", row -> words.getOrDefault(row.group(), ""))
                .with("runs", SettingRow::runs)
                .with("p ≥ ½", SettingRow::cats)
                .with(
                    "p(cat)",
                    row ->
                        interval(
                            row.catProbability(),
                            row.catProbabilityLow(),
                            row.catProbabilityHigh()))
                .with(
                    "E", row -> interval(row.edgeIndex(), row.edgeIndexLow(), row.edgeIndexHigh()))
                .with("px", row -> PageText.number(row.blackPixels(), 1))
                .with("images", row -> PageText.number(row.evaluations(), 0)),
            rows,
            rows.size() < settings.size()
                ? Text.of(
                    "The %d settings of highest mean p(cat), of %d. E is of images with p(cat) ≥"
                        + " ½.",
                    MOST, settings.size())
                : "All settings, by mean p(cat). E is of images with p(cat) ≥ ½.",
            SettingRow.FILE);
    return new Section(
        "settings", "Settings", "Runs by setting", List.of(), List.of(), List.of(table), List.of());
  }

  private static String interval(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    return low.isPresent() && high.isPresent()
        ? "%s (%s to %s)"
            .formatted(PageText.number(value, 2), PageText.number(low, 2), PageText.number(high, 2))
        : PageText.number(value, 2);
  }

  /** Most points of a plot: each is an element of the page. */
  static final int MOST_POINTS = 1_000;

  private static final double HALF = 0.5;

  /** Numbers that reach over more than this ratio are drawn by their logarithm. */
  private static final double WIDE = 30;

  private static final int MOST_VALUES = 12;

  /**
   * The plots of an outcome by the value of one option, a point a setting: of a number one plot
   * with a colour a model, else one a model. Of more than {@value #MOST_POINTS} settings some are
   * drawn at random. There is none where no setting has the outcome, or words are too many.
   */
  static List<Drawing> plots(List<OptionSettings> models, SettingOutcome outcome) {
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
