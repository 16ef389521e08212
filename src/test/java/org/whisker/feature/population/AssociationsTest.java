package org.whisker.feature.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.whisker.feature.population.Member.Factors;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.random.SplitMix64;

/** Populations whose right answer is planted. */
class AssociationsTest {
  private static final List<String> PADDINGS = PopulationConfig.everyPadding();
  private static final int NETWORKS = 24;

  /** What decides E of a network. */
  @FunctionalInterface
  private interface Cause {
    double edgeIndex(double slope, int padding, int head, double noise);
  }

  /**
   * @param cats networks of which the first so many have E of cats
   */
  private static List<PopulationRow> planted(
      String architecture, int count, int cats, long seed, Cause cause) {
    List<List<Integer>> cells = new Factors(List.of(4, 2, 2)).first(count);
    SplitMix64 random = SplitMix64.stream(seed, architecture, 0);
    List<PopulationRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> cell = cells.get(i);
      double slope = random.nextDouble();
      double e = cause.edgeIndex(slope, cell.get(0), cell.get(1), random.nextDouble() - 0.5);
      rows.add(row(architecture, i, cell, slope, e, i < cats, random));
    }
    return rows;
  }

  private static PopulationRow row(
      String architecture,
      int i,
      List<Integer> cell,
      double slope,
      double e,
      boolean cat,
      SplitMix64 random) {
    return new PopulationRow(
        architecture + "-" + i,
        architecture,
        i + 1,
        cell.get(1) == 0 ? "flattening" : "pooled",
        PADDINGS.get(cell.get(0)),
        cell.get(2) == 0 ? "centred" : "shifted",
        0.75 + 0.1 * random.nextDouble(),
        0.4 * random.nextDouble(),
        slope,
        OptionalDouble.of(2 * random.nextDouble() - 1),
        5,
        cat ? 5 : 0,
        5,
        0,
        0,
        cat ? OptionalDouble.of(e) : OptionalDouble.empty(),
        OptionalDouble.of(e),
        OptionalDouble.of(e),
        OptionalDouble.of(0.9),
        OptionalDouble.of(2),
        OptionalDouble.of(40),
        cat ? 1 : 0,
        "0");
  }

  private static AssociationRow find(
      List<AssociationRow> rows, String architecture, String outcome, String predictor) {
    return rows.stream()
        .filter(r -> r.architecture().equals(architecture))
        .filter(r -> r.outcome().equals(outcome) && r.predictor().equals(predictor))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatSlopesPlantIsPutDownToThemAlone() {
    List<PopulationRow> rows =
        planted(
            "vgg16", NETWORKS, NETWORKS, 1, (slope, p, h, noise) -> 0.8 - slope / 2 + noise / 5);
    List<AssociationRow> found = Associations.of(rows, 1);
    AssociationRow slope = find(found, "vgg16", "edge_index_of_cats", "profile_slope");
    assertEquals("associated", slope.verdict());
    assertEquals("spearman", slope.statistic());
    assertTrue(slope.value().orElseThrow() < -0.8, slope.toString());
    assertTrue(slope.ciLow().orElseThrow() < slope.value().orElseThrow());
    assertTrue(slope.ciHigh().orElseThrow() < -0.5);
    assertEquals(NETWORKS, slope.values());
    for (AssociationRow row : found) {
      if (row.outcome().equals("edge_index_of_cats") && !row.predictor().equals("profile_slope")) {
        assertTrue(List.of("undecided", "described").contains(row.verdict()), row.toString());
      }
    }
    // four readings, padding, head and position: seven tests
    assertEquals(7 * slope.p().orElseThrow(), slope.pCorrected().orElseThrow(), 1e-12);
    assertTrue(find(found, "vgg16", "edge_index_at_half", "padding:reflect-zero").p().isEmpty());
  }

  @Test
  void whatARecipePlantsIsPutDownToIt() {
    List<PopulationRow> heads =
        planted(
            "vgg16", NETWORKS, NETWORKS, 2, (s, p, head, noise) -> 0.3 + 0.2 * head + noise / 5);
    AssociationRow head =
        find(Associations.of(heads, 1), "vgg16", "edge_index", "head:pooled-flattening");
    assertEquals("associated", head.verdict());
    assertEquals(0.2, head.value().orElseThrow(), 0.05);
    assertTrue(head.ciLow().orElseThrow() < 0.2 && head.ciHigh().orElseThrow() > 0.2);

    List<PopulationRow> paddings =
        planted(
            "vgg16", NETWORKS, NETWORKS, 3, (s, p, h, noise) -> (p == 3 ? 0.6 : 0.3) + noise / 5);
    List<AssociationRow> found = Associations.of(paddings, 1);
    assertEquals("associated", find(found, "vgg16", "edge_index", "padding").verdict());
    AssociationRow circular = find(found, "vgg16", "edge_index", "padding:circular-zero");
    assertEquals("described", circular.verdict());
    assertEquals(0.3, circular.value().orElseThrow(), 0.06);
    assertEquals("undecided", find(found, "vgg16", "edge_index", "profile_slope").verdict());
  }

  @Test
  void withoutEnoughCatsNothingIsSaidOfCats() {
    List<PopulationRow> rows = planted("vgg16", NETWORKS, 11, 1, (s, p, h, noise) -> 0.8 - s / 2);
    List<AssociationRow> found = Associations.of(rows, 1);
    for (AssociationRow row : found) {
      if (row.outcome().equals("edge_index_of_cats")) {
        assertEquals("not enough cats", row.verdict(), row.toString());
        assertTrue(row.p().isEmpty() && row.pCorrected().isEmpty());
      }
    }
    AssociationRow slope = find(found, "vgg16", "edge_index_of_cats", "profile_slope");
    assertEquals(11, slope.values());
    assertEquals(-1, slope.value().orElseThrow(), 1e-12); // what was seen is told
    assertEquals(
        "associated", find(found, "vgg16", "edge_index_at_half", "profile_slope").verdict());
    List<PopulationRow> few = planted("vgg16", 5, 5, 1, (s, p, h, noise) -> 0.8 - s / 2);
    assertEquals(
        "too few networks",
        find(Associations.of(few, 1), "vgg16", "edge_index_of_cats", "profile_slope").verdict());
  }

  @Test
  void architecturesAreKeptApartAndCorrectedTogether() {
    UnaryOperator<Double> rising = slope -> 0.2 + slope / 2;
    List<PopulationRow> rows =
        planted("vgg16", NETWORKS, NETWORKS, 1, (s, p, h, noise) -> rising.apply(1 - s));
    rows.addAll(planted("other", NETWORKS, NETWORKS, 2, (s, p, h, noise) -> rising.apply(s)));
    List<AssociationRow> found = Associations.of(rows, 1);
    AssociationRow down = find(found, "vgg16", "edge_index", "profile_slope");
    AssociationRow up = find(found, "other", "edge_index", "profile_slope");
    assertEquals(-1, down.value().orElseThrow(), 1e-12);
    assertEquals(1, up.value().orElseThrow(), 1e-12);
    assertEquals(14 * down.p().orElseThrow(), down.pCorrected().orElseThrow(), 1e-12);
  }

  /** Networks of two paddings with the same E, and of two that a large p alone would call alike. */
  @Test
  void asWithZerosNeedsAnEquivalenceTest() {
    SplitMix64 random = new SplitMix64(9);
    List<PopulationRow> alike = new ArrayList<>();
    List<PopulationRow> unclear = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<Integer> cell = List.of(i % 2, 0, 0);
      alike.add(row("vgg16", i, cell, 0, 0.2 + 0.01 * random.nextDouble(), true, random));
      unclear.add(row("vgg16", i, cell, 0, 0.2 + 0.3 * random.nextDouble(), true, random));
    }
    String predictor = "padding:" + PADDINGS.get(1) + "-" + PADDINGS.get(0);
    AssociationRow same = find(Associations.of(alike, 1), "vgg16", "edge_index_of_cats", predictor);
    assertEquals("equivalent", same.verdict());
    AssociationRow other =
        find(Associations.of(unclear, 1), "vgg16", "edge_index_of_cats", predictor);
    assertEquals("undecided", other.verdict());
    assertTrue(other.pEquivalence().orElseThrow() > 0.05);
  }

  @Test
  void whatDoesNotVaryIsNoPredictor() {
    List<PopulationRow> rows = planted("vgg16", 8, 8, 1, (slope, p, h, noise) -> 0.5);
    assertEquals(
        "constant",
        find(Associations.of(rows, 1), "vgg16", "edge_index", "profile_slope").verdict());
    assertEquals(
        "constant", find(Associations.of(rows, 1), "vgg16", "edge_index", "padding").verdict());
  }
}
