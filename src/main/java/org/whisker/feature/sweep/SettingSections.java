package org.whisker.feature.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.page.DataTable;
import org.whisker.page.Figure;
import org.whisker.page.PageText;
import org.whisker.page.Section;

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
    Map<String, List<OptionSettings>> byOption = new LinkedHashMap<>();
    varied.forEach(
        each -> byOption.computeIfAbsent(each.option(), o -> new ArrayList<>()).add(each));
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, List<OptionSettings>> option : byOption.entrySet()) {
      List<Panel> panels = new ArrayList<>();
      for (SettingOutcome outcome : SettingOutcome.values()) {
        for (Drawing drawing : OptionPlots.of(option.getValue(), outcome)) {
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
                + " half of the runs came to p(cat) ½.",
            "Over settings: rank correlation of an outcome with an option that is a number, with its"
                + " interval, and else the share η² of the variance that lies between the option's"
                + " values. p by permutation of settings, corrected over options and models of an"
                + " outcome (Holm). An option that matters only together with another can go"
                + " unnoticed here."),
        figures,
        List.of(effects(effects)),
        List.of());
  }

  private static String drawn(List<OptionSettings> models) {
    int all = models.stream().mapToInt(each -> each.settings().size()).sum();
    return all <= OptionPlots.MOST_POINTS
        ? ""
        : String.format(
            Locale.ROOT,
            " A plot shows at most %,d of its settings, drawn at random, of %,d in all; means and"
                + " statistics are of all.",
            OptionPlots.MOST_POINTS,
            all);
  }

  private static String heading(List<OptionEffectRow> effects) {
    String found =
        effects.stream()
            .filter(row -> row.pCorrected().orElse(1) <= ALPHA)
            .map(row -> "%s (%s, %s)".formatted(row.option(), row.outcome(), row.model()))
            .collect(Collectors.joining(", "));
    return found.isEmpty()
        ? "No option is shown to go with an outcome"
        : "Options that go with an outcome: " + found;
  }

  private static DataTable effects(List<OptionEffectRow> effects) {
    return new DataTable(
        List.of("model", "option", "outcome", "statistic", "value", "settings", "p", "corrected"),
        effects.stream()
            .map(
                row ->
                    List.of(
                        row.model(),
                        row.option(),
                        row.outcome(),
                        row.statistic().equals("spearman") ? "rho" : "η²",
                        interval(row.value(), row.ciLow(), row.ciHigh()),
                        Integer.toString(row.settings()),
                        PageText.number(row.p(), 4),
                        PageText.number(row.pCorrected(), 4)))
            .toList(),
        "What goes with what. Empty: too few settings, or all alike.",
        OptionEffectRow.FILE);
  }

  /** Only what differs; all where nothing does. */
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
    List<List<String>> rows =
        settings.stream()
            .sorted(
                Comparator.comparingDouble((SettingRow row) -> -row.catProbability().orElse(-1)))
            .limit(MOST)
            .map(row -> cells(row, words.getOrDefault(row.group(), "")))
            .toList();
    DataTable table =
        new DataTable(
            List.of("group", "model", "options", "runs", "p ≥ ½", "p(cat)", "E", "px", "images"),
            rows,
            rows.size() < settings.size()
                ? "The %d settings of highest mean p(cat), of %d. E is of images with p(cat) ≥ ½."
                    .formatted(MOST, settings.size())
                : "All settings, by mean p(cat). E is of images with p(cat) ≥ ½.",
            SettingRow.FILE);
    return new Section(
        "settings", "Settings", "Runs by setting", List.of(), List.of(), List.of(table), List.of());
  }

  private static List<String> cells(SettingRow row, String options) {
    return List.of(
        row.group(),
        row.model(),
        options,
        Integer.toString(row.runs()),
        Integer.toString(row.cats()),
        interval(row.catProbability(), row.catProbabilityLow(), row.catProbabilityHigh()),
        interval(row.edgeIndex(), row.edgeIndexLow(), row.edgeIndexHigh()),
        PageText.number(row.blackPixels(), 1),
        PageText.number(row.evaluations(), 0));
  }

  private static String interval(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    return low.isPresent() && high.isPresent()
        ? "%s (%s to %s)"
            .formatted(PageText.number(value, 2), PageText.number(low, 2), PageText.number(high, 2))
        : PageText.number(value, 2);
  }
}
