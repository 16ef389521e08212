package org.whisker.feature.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.option.Records;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Correlation.RankCorrelation;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * Whether outcomes of searches go with their options, over settings. An option that changes the
 * outcome only together with another one may go unnoticed.
 */
public final class OptionEffects {
  private static final int DRAWS = 9_999;
  private static final int FEWEST_DRAWS = 999;
  private static final long MOST_SHUFFLED = 20_000_000;
  private static final int FEWEST_SETTINGS = 4;

  private OptionEffects() {}

  /** Tests the effects of options on each outcome, corrected over options and models. */
  static List<OptionEffectRow> of(List<SettingRow> settings, List<OptionRow> options) {
    List<OptionSettings> varied = OptionSettings.varied(settings, options);
    List<OptionEffectRow> rows = new ArrayList<>();
    for (SettingOutcome outcome : SettingOutcome.values()) {
      rows.addAll(corrected(varied.stream().map(each -> of(each, outcome)).toList()));
    }
    return rows;
  }

  private static OptionEffectRow of(OptionSettings all, SettingOutcome outcome) {
    OptionSettings some = all.having(outcome);
    boolean numeric = all.isNumeric();
    if (some.settings().size() < FEWEST_SETTINGS || isConstant(some, outcome)) {
      return row(some, outcome, numeric, Optional.empty(), Optional.empty());
    }
    SplitMix64 random =
        SplitMix64.stream(1, all.model() + " " + all.option() + " " + outcome.label(), 0);
    int draws = draws(some.settings().size());
    if (numeric) {
      RankCorrelation rho =
          RankCorrelation.of(some.numbers(), some.outcomes(outcome), draws, random);
      return row(some, outcome, true, Optional.of(rho), Optional.of(rho.test()));
    }
    TestResult test =
        PermutationTest.groupTest(List.copyOf(some.byValue(outcome).values()), draws, random);
    return row(some, outcome, false, Optional.empty(), Optional.of(test));
  }

  private static int draws(int settings) {
    return (int) Math.max(FEWEST_DRAWS, Math.min(DRAWS, MOST_SHUFFLED / settings));
  }

  private static boolean isConstant(OptionSettings some, SettingOutcome outcome) {
    return some.values().stream().distinct().count() < 2
        || Arrays.stream(some.outcomes(outcome)).distinct().count() < 2;
  }

  private static OptionEffectRow row(
      OptionSettings some,
      SettingOutcome outcome,
      boolean numeric,
      Optional<RankCorrelation> rho,
      Optional<TestResult> test) {
    return new OptionEffectRow(
        some.model(),
        some.option(),
        outcome.label(),
        numeric ? "spearman" : "eta_squared",
        some.settings().size(),
        OptionalNumber.of(test, TestResult::statistic),
        OptionalNumber.of(rho, r -> r.interval().low()),
        OptionalNumber.of(rho, r -> r.interval().high()),
        OptionalNumber.of(test, TestResult::p),
        OptionalDouble.empty());
  }

  private static List<OptionEffectRow> corrected(List<OptionEffectRow> family) {
    double[] adjusted =
        Holm.adjust(family.stream().flatMapToDouble(row -> row.p().stream()).toArray());
    List<OptionEffectRow> rows = new ArrayList<>();
    int next = 0;
    for (OptionEffectRow row : family) {
      rows.add(row.p().isPresent() ? with(row, adjusted[next++]) : row);
    }
    return rows;
  }

  private static OptionEffectRow with(OptionEffectRow row, double corrected) {
    return Records.changed(row, OptionEffectRow::pCorrected).to(OptionalDouble.of(corrected));
  }

  /**
   * A row of {@value #FILE}: whether an outcome goes with an option, over the settings of a model.
   */
  public record OptionEffectRow(
      String model,
      String option,
      @Column(meaning = "what was measured") String outcome,
      @Column(
              meaning =
                  "spearman (rho, of options that are numbers) or eta_squared (the "
                      + "share of the variance between the option's values)")
          String statistic,
      @Column(meaning = "settings that have the option and the outcome") int settings,
      @Column(
              meaning =
                  "value of the statistic; this and the next columns are empty where it is"
                      + " not defined")
          OptionalDouble value,
      @Column(meaning = "lower end of its 95 % interval; empty for eta_squared")
          OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(unit = "probability", meaning = "p of a two-sided permutation test over settings")
          OptionalDouble p,
      @Column(
              unit = "probability",
              meaning = "p corrected after Holm, over all options and models of the outcome")
          OptionalDouble pCorrected) {
    public static final String FILE = "option_effects.csv";
    public static final Table<OptionEffectRow> TABLE = Table.of(OptionEffectRow.class, FILE);
  }

  /** A row of {@value #FILE}: an option of a configuration. */
  public record OptionRow(
      @Column(meaning = "the configuration") String group,
      @Column(meaning = "option, without dashes") String option,
      String value) {
    public static final String FILE = "options.csv";
    public static final Table<OptionRow> TABLE = Table.of(OptionRow.class, FILE);
  }

  /**
   * The settings of a model by the value of one option.
   *
   * @param values in the order of the settings, which have the option
   */
  public record OptionSettings(
      String model, String option, List<String> values, List<SettingRow> settings) {
    public OptionSettings {
      values = List.copyOf(values);
      settings = List.copyOf(settings);
    }

    /** The settings of every model by each option that has more than one value there. */
    public static List<OptionSettings> varied(List<SettingRow> settings, List<OptionRow> options) {
      Map<String, Map<String, String>> byGroup = new LinkedHashMap<>();
      options.forEach(
          row ->
              byGroup
                  .computeIfAbsent(row.group(), g -> new LinkedHashMap<>())
                  .put(row.option(), row.value()));
      List<OptionSettings> all = new ArrayList<>();
      for (String model : settings.stream().map(SettingRow::model).distinct().toList()) {
        List<SettingRow> own = settings.stream().filter(s -> s.model().equals(model)).toList();
        for (String option : options.stream().map(OptionRow::option).distinct().toList()) {
          of(model, option, own, byGroup).ifPresent(all::add);
        }
      }
      return all;
    }

    private static Optional<OptionSettings> of(
        String model,
        String option,
        List<SettingRow> own,
        Map<String, Map<String, String>> byGroup) {
      List<String> values = new ArrayList<>();
      List<SettingRow> having = new ArrayList<>();
      for (SettingRow setting : own) {
        String value = byGroup.getOrDefault(setting.group(), Map.of()).get(option);
        if (value != null) {
          values.add(value);
          having.add(setting);
        }
      }
      return values.stream().distinct().count() < 2
          ? Optional.empty()
          : Optional.of(new OptionSettings(model, option, values, having));
    }

    /** Whether all its values are numbers. */
    public boolean isNumeric() {
      return values.stream().allMatch(value -> number(value).isPresent());
    }

    private static OptionalDouble number(String value) {
      try {
        double number = Double.parseDouble(value);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }

    /** Keeps only the settings that have an outcome. */
    public OptionSettings having(SettingOutcome outcome) {
      return some(i -> outcome.of(settings.get(i)).isPresent());
    }

    /** Keeps only the settings with that value. */
    public OptionSettings of(String value) {
      return some(i -> values.get(i).equals(value));
    }

    /**
     * Draws at most {@code most} settings at random by their names: of the same settings always the
     * same, and of one that is in two tables in both.
     */
    public OptionSettings sample(int most) {
      if (settings.size() <= most) {
        return this;
      }
      long[] draws =
          settings.stream()
              .mapToLong(setting -> SplitMix64.stream(1, setting.group(), 0).nextLong())
              .toArray();
      long[] sorted = draws.clone();
      Arrays.sort(sorted);
      return some(i -> draws[i] < sorted[most]);
    }

    private OptionSettings some(IntPredicate which) {
      int[] kept = IntStream.range(0, settings.size()).filter(which).toArray();
      return new OptionSettings(
          model,
          option,
          IntStream.of(kept).mapToObj(values::get).toList(),
          IntStream.of(kept).mapToObj(settings::get).toList());
    }

    /** The option's values as numbers. */
    public double[] numbers() {
      return values.stream().mapToDouble(value -> number(value).orElseThrow()).toArray();
    }

    /** An outcome that all settings have. */
    public double[] outcomes(SettingOutcome outcome) {
      return settings.stream().mapToDouble(row -> outcome.of(row).orElseThrow()).toArray();
    }

    /** The outcome by value, in the order of values' first appearance. */
    public Map<String, double[]> byValue(SettingOutcome outcome) {
      Map<String, List<Double>> by = new LinkedHashMap<>();
      for (int i = 0; i < settings.size(); i++) {
        by.computeIfAbsent(values.get(i), v -> new ArrayList<>())
            .add(outcome.of(settings.get(i)).orElseThrow());
      }
      Map<String, double[]> arrays = new LinkedHashMap<>();
      by.forEach(
          (value, list) -> arrays.put(value, list.stream().mapToDouble(each -> each).toArray()));
      return arrays;
    }
  }
}
