package org.whisker.ablation.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.result.SummaryRow.ShownVerdict;

class ShownVerdictTest {
  private static String shown(String verdict, double low, double p, double corrected, int runs) {
    return ShownVerdict.of(
        verdict,
        OptionalDouble.of(low),
        OptionalDouble.of(1),
        OptionalDouble.of(p),
        OptionalDouble.of(corrected),
        runs);
  }

  @Test
  void isWordsNotALabel() {
    assertEquals("not enough cats", shown("not_enough_targets", 0.1, 0.01, 0.02, 12));
    assertEquals("a cause", shown("cause", 0.1, 0.01, 0.02, 12));
  }

  @Test
  void whatIsHeldAgainstNothingStandsAlone() {
    assertEquals("share of padding", SummaryRow.shown("share of padding - none"));
    assertEquals("evolved \u2212 rolled", SummaryRow.shown("evolved - rolled"));
  }

  @Test
  void saysWhyItIsUndecidedBesideAnIntervalThatExcludes0() {
    assertEquals("undecided", shown("undecided", -0.1, 0.01, 0.2, 12));
    assertEquals("undecided: p 0.200, corrected", shown("undecided", 0.1, 0.01, 0.2, 12));
    assertEquals("undecided: p < 0.001, corrected", shown("undecided", 0.1, 0.01, 1e-9, 12));
    assertEquals("undecided: 4 runs can't reach p 0.05", shown("undecided", 0.1, 0.125, 0.5, 4));
  }
}
