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
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.random.SplitMix64;

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
      String model, String option, List<SettingRow> own, Map<String, Map<String, String>> byGroup) {
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
