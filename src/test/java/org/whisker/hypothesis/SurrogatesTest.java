package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Surrogate.Kind;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EffectRows;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.hypothesis.Surrogates.FitRow;
import org.whisker.hypothesis.Surrogates.Sample;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.option.Records;
import org.whisker.stats.Verdict;

class SurrogatesTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  /** E on a surrogate less that on the network, with the p of its equivalence test. */
  private static EffectRow edge(Kind kind, double difference, double pEquivalence) {
    boolean decisive = kind == Kind.DOSE_RESPONSE;
    EffectRow row =
        EffectRows.of(
            kind.label(), "network", "edge_index_at_target", decisive, 0.2, 0.2 + difference);
    return Records.changed(row, EffectRow::pEquivalence).to(OptionalDouble.of(pEquivalence));
  }

  private static EffectRow undecisive(EffectRow row, String measure) {
    return Records.changed(row, EffectRow::measure, EffectRow::decisive).to(measure, false);
  }

  private static Optional<String> clause(List<ObservationRow> observations, EffectRow... rows) {
    return new Surrogates()
        .clause(
            new HypothesisResult(Verdict.UNDECIDED, NONE, NONE, NONE, observations, List.of(rows)));
  }

  @Test
  void theSimplestThatIsEquivalentExplains() {
    Optional<String> clause =
        clause(
            List.of(),
            edge(Kind.SINGLES, -0.076, 0.8),
            edge(Kind.DOSE_RESPONSE, -0.01, 0.001),
            edge(Kind.PAIRS, 0.001, 0.0001));
    assertTrue(clause.orElseThrow().contains("(E within ±0.05) is " + Kind.DOSE_RESPONSE.what()));
  }

  /** Also where richer surrogates put pixels elsewhere. */
  @Test
  void thePlainSumExplainsByItself() {
    Optional<String> clause =
        clause(
            List.of(),
            edge(Kind.SINGLES, 0.001, 1e-6),
            edge(Kind.DOSE_RESPONSE, 0.5, 1),
            edge(Kind.PAIRS, 0.48, 1));
    assertTrue(clause.orElseThrow().contains("(E within ±0.05) is " + Kind.SINGLES.what()));
  }

  /** As where single pixels make a cat of many, and the search goes on to a few that count. */
  @Test
  void whatEndsElsewhereExplainsNothing() {
    EffectRow cats = edge(Kind.SINGLES, 0.001, 1e-6);
    EffectRow last =
        Records.changed(undecisive(cats, "edge_index"), EffectRow::difference, EffectRow::pValue)
            .to(OptionalDouble.of(0.2), OptionalDouble.of(0.001));
    EffectRow decisive = edge(Kind.DOSE_RESPONSE, 0.5, 1);
    assertEquals(Optional.empty(), clause(List.of(), cats, last, decisive));
    EffectRow near = Records.changed(last, EffectRow::difference).to(OptionalDouble.of(0.04));
    assertTrue(clause(List.of(), cats, near, decisive).isPresent());
  }

  @Test
  void theClauseHasTheShareOfTheBiasThatIsReproduced() {
    EffectRow level = edge(Kind.DOSE_RESPONSE, -0.01, 0.001);
    EffectRow gain =
        Records.changed(
                Records.changed(undecisive(level, "edge_index_at_gain"), EffectRow::shareRemoved)
                    .to(OptionalDouble.of(0.04)),
                EffectRow::shareRemovedCiLow,
                EffectRow::shareRemovedCiHigh)
            .to(OptionalDouble.of(-0.1), OptionalDouble.of(0.2));
    String clause = clause(List.of(), level, gain).orElseThrow();
    assertTrue(
        clause.endsWith(
            ", which has 96 % (80 to 110 %) of its bias (\u00bd \u2212 E) at equal gain"),
        clause);
    assertEquals(Optional.empty(), Surrogates.reproduced(List.of(level), "dose-response"));
    EffectRow even = Records.changed(gain, EffectRow::controlMean).to(OptionalDouble.of(0.54));
    assertEquals(Optional.empty(), Surrogates.reproduced(List.of(even), "dose-response"));
  }

  /** Pixels nearer the edge than on the network are no explanation of where they lie. */
  @Test
  void whatIsNotEquivalentExplainsNothing() {
    assertEquals(
        Optional.empty(),
        clause(List.of(), edge(Kind.SINGLES, -0.076, 0.8), edge(Kind.PAIRS, -0.037, 0.2)));
  }

  /** What the sum of single effects is less the image's logit. */
  private static ObservationRow missed(double effect, double halfWidth, double pEquivalence) {
    return new ObservationRow(
        "sum of single effects",
        "the image's own logit",
        "difference of the logit against the target",
        effect,
        OptionalDouble.of(effect - halfWidth),
        OptionalDouble.of(effect + halfWidth),
        NONE,
        NONE,
        OptionalDouble.of(pEquivalence),
        NONE,
        "",
        OptionalLong.empty(),
        6,
        0);
  }

  private static String clauseWith(ObservationRow missed) {
    return clause(List.of(missed), edge(Kind.DOSE_RESPONSE, 0.01, 0.001)).orElseThrow();
  }

  @Test
  void theClauseSaysThatTheLogitIsNotExplained() {
    String clause = clauseWith(missed(2.9, 0.4, 1));
    assertTrue(clause.contains("2.9 logits less cat"), clause);
  }

  /** As where pixels add up but for rounding. */
  @Test
  void aDifferenceWithinTheMarginIsNoneThatIsNotExplained() {
    String clause = clauseWith(missed(-2e-6, 0, 0));
    assertTrue(clause.endsWith("is the image's logit within 0.1, on average"), clause);
    String open = clauseWith(missed(0.12, 0.1, 0.6));
    assertTrue(open.endsWith(Kind.DOSE_RESPONSE.what()), open);
  }

  private static Sample sample(int images) {
    BlackPixels white = BlackPixels.none(Canvas.square(4));
    return new Sample(
        Sample.CLIMBS,
        IntStream.range(0, images).mapToObj(i -> white).toList(),
        IntStream.range(0, images).mapToObj(i -> i < images / 2 ? 0 : 1).toList());
  }

  @Test
  void recalibrationMendsWhatIsOffByALineAndNothingElse() {
    float[] seen = {0, 1, 2, 3, 4, 5, 6, 7};
    float[] line = new float[8];
    float[] noise = {3, -2, 0, 1, 2, 3, -1, 0};
    for (int i = 0; i < 8; i++) {
      line[i] = 10 + 0.5f * seen[i];
    }
    FitRow off = FitRow.of(Kind.SINGLES, sample(8), seen, line);
    assertTrue(off.rSquared() < 0);
    assertEquals(1, off.rSquaredRecalibrated().orElseThrow(), 1e-9);
    assertEquals(8.25, off.bias(), 1e-6);
    FitRow none = FitRow.of(Kind.SHUFFLED, sample(8), seen, noise);
    assertTrue(none.rSquaredRecalibrated().orElseThrow() < 0, "the other half says nothing of it");
  }

  @Test
  void oneRunHasNoOtherHalf() {
    BlackPixels white = BlackPixels.none(Canvas.square(4));
    Sample one = new Sample(Sample.CLIMBS, List.of(white, white), List.of(0, 0));
    FitRow row = FitRow.of(Kind.SINGLES, one, new float[] {0, 1}, new float[] {0, 1});
    assertEquals(1, row.rSquared(), 1e-9);
    assertEquals(NONE, row.rSquaredRecalibrated());
  }
}
