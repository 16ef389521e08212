package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.feature.sweep.OptionEffects.OptionEffectRow;
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.random.SplitMix64;

/** What options do is found, and what they don't is not, over settings whose p(cat) is planted. */
class OptionEffectsTest {
  private static final int SETTINGS = 60;

  private final List<SettingRow> settings = new ArrayList<>();
  private final List<OptionRow> options = new ArrayList<>();

  /** Of two options, by numbers and by words, and a third and fourth that do nothing. */
  private void plant(double slope, double shift) {
    SplitMix64 random = SplitMix64.stream(5, "planted", 0);
    for (int i = 0; i < SETTINGS; i++) {
      String group = "evolve-" + i;
      double rate = random.nextDouble();
      boolean columns = random.nextInt(2) == 0;
      option(group, "rate", "" + rate);
      option(group, "crossover", columns ? "columns" : "rectangle");
      option(group, "lambda", "" + random.nextDouble());
      option(group, "fill", random.nextInt(2) == 0 ? "one" : "two");
      option(group, "preset", "question");
      double p = 0.4 + slope * rate + (columns ? shift : 0) + 0.1 * random.nextDouble();
      settings.add(setting(group, p));
    }
  }

  private void option(String group, String name, String value) {
    options.add(new OptionRow(group, name, value));
  }

  private static SettingRow setting(String group, double p) {
    OptionalDouble none = OptionalDouble.empty();
    OptionalDouble of = OptionalDouble.of(p);
    return new SettingRow(
        group, "m", 3, 0, 0, of, of, of, of, of, of, none, none, none, none, none);
  }

  private OptionEffectRow effect(String option, String outcome) {
    return OptionEffects.of(settings, options).stream()
        .filter(row -> row.option().equals(option) && row.outcome().equals(outcome))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsPlantedIsFound() {
    plant(0.3, 0.15);
    OptionEffectRow rate = effect("rate", "p_cat");
    assertEquals("spearman", rate.statistic());
    assertEquals(SETTINGS, rate.settings());
    assertTrue(rate.value().orElseThrow() > 0.6, rate.toString());
    assertTrue(rate.ciLow().orElseThrow() > 0.4, rate.toString());
    assertTrue(rate.pCorrected().orElseThrow() < 0.001, rate.toString());
    OptionEffectRow crossover = effect("crossover", "p_cat");
    assertEquals("eta_squared", crossover.statistic());
    assertTrue(crossover.pCorrected().orElseThrow() < 0.001, crossover.toString());
    for (String idle : List.of("lambda", "fill")) {
      assertTrue(effect(idle, "p_cat").pCorrected().orElseThrow() > 0.05, idle);
    }
  }

  @Test
  void optionsThatDoNotVaryHaveNoRow() {
    plant(0, 0);
    List<String> named =
        OptionEffects.of(settings, options).stream().map(OptionEffectRow::option).toList();
    assertEquals(8, named.size());
    assertTrue(!named.contains("preset"), named.toString());
  }

  @Test
  void withoutTheOutcomeNothingIsTested() {
    plant(0.3, 0);
    OptionEffectRow edge = effect("rate", "edge_index");
    assertEquals(0, edge.settings());
    assertEquals(OptionalDouble.empty(), edge.p());
  }
}
