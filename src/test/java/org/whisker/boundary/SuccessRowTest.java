package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.table.PictureId;

class SuccessRowTest {
  private static SearchOutcome.OfImage row(
      String group, Search search, float logit, double distance) {
    boolean found = Double.isFinite(distance);
    SearchOutcome outcome =
        new SearchOutcome(
            logit,
            found ? SearchOutcome.Status.FOUND : SearchOutcome.Status.NOT_FOUND,
            found ? OptionalDouble.of(distance) : OptionalDouble.empty(),
            found ? Optional.of(-logit) : Optional.empty(),
            OptionalDouble.empty());
    return new SearchOutcome.OfImage(new PictureId(group, "a.png"), search, outcome);
  }

  private static final double NONE = Double.POSITIVE_INFINITY;

  @Test
  void oneCurveASetAndSearch() {
    SearchOutcome.OfImage leftOut =
        new SearchOutcome.OfImage(
            new PictureId("g", "b.png"),
            Search.FEWEST_FLIPS,
            new SearchOutcome(
                -1,
                SearchOutcome.Status.NOT_FOR_IT,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty()));
    List<SuccessCurve.Step> rows =
        SuccessCurve.Step.ofAttacks(
            List.of(
                row("g", Search.DDN, -1, 0.5),
                row("g", Search.SIGMA_ZERO, -1, 4),
                leftOut,
                row("g", Search.DDN, -2, NONE),
                row("g", Search.DDN, 2, 0.25)));
    assertEquals(
        List.of(
            "g, seen as target ddn L2 0.0 0/2",
            "g, seen as target ddn L2 0.5 1/2",
            "g, seen as target sigma-zero L0 0.0 0/1",
            "g, seen as target sigma-zero L0 4.0 1/1",
            "g, seen as not-target ddn L2 0.0 0/1",
            "g, seen as not-target ddn L2 0.25 1/1"),
        rows.stream().map(SuccessRowTest::text).toList());
    SuccessCurve.Step half = rows.get(1);
    assertEquals(0.5, half.share());
    assertTrue(half.low() > 0 && half.low() < 0.5 && half.high() > 0.5 && half.high() < 1);
  }

  private static String text(SuccessCurve.Step row) {
    return "%s %s %s %s %d/%d"
        .formatted(
            row.images(),
            row.search(),
            row.normLabel(),
            row.budget(),
            row.successes(),
            row.count());
  }

  private static Margin.OfImage margin(OptionalInt flips) {
    return new Margin.OfImage(
        new PictureId("g", "a"),
        new Margin(1, flips, OptionalInt.of(1), 1, flips.isPresent() ? -1 : 1));
  }

  @Test
  void ofTheSearchesAmongFlips() {
    List<SuccessCurve.Step> margins =
        SuccessCurve.Step.ofMargins(
            List.of(margin(OptionalInt.of(7)), margin(OptionalInt.empty())));
    assertEquals("g, seen as not-target greedy-flips L0 7.0 1/2", text(margins.get(1)));
    MinimalSearch.Outcome gaveUp = new MinimalSearch.Outcome(5, 2, 0.8, 3, 100, Optional.empty());
    List<SuccessCurve.Step> minimal =
        SuccessCurve.Step.ofMinimal(
            List.of(
                MinimalSearch.Outcome.OfStart.of("a", "", gaveUp),
                MinimalSearch.Outcome.OfStart.of("b", "", gaveUp)));
    assertEquals("p(target) ≥ 0.8 minimal-set L0 0.0 0/2", text(minimal.get(0)));
  }

  @Test
  void aDistanceIsWhatWasFound() {
    SearchOutcome.OfImage row = row("g", Search.FMN, 1, 0.125);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SearchOutcome(
                row.outcome().logit(),
                SearchOutcome.Status.NOT_FOUND,
                row.outcome().distance(),
                row.outcome().logitAfter(),
                row.outcome().pTargetRounded()));
  }
}
