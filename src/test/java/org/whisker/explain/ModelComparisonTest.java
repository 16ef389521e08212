package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmRuns;
import org.whisker.explain.ComparedModel.ModelMaps;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.image.BlackPixels;

class ModelComparisonTest {
  private static ComparedModel compared(
      String name, PlantedClassifier classifier, double accuracy) {
    var model = new PlantedExperiments.Model(name, classifier, classifier);
    ArmRuns control = PlantedExperiments.run(model, "geometry").get(0).arms().get(0);
    ModelMaps maps =
        ModelMaps.of(
            name, classifier, control.images(), model.probe(64, done -> {}, () -> false), 0.002, 1);
    ModelRow facts =
        new ModelRow(
            name,
            "weighted sum",
            "1x16x16",
            OptionalLong.of(256),
            "zero",
            OptionalDouble.of(accuracy),
            OptionalInt.of(200),
            OptionalDouble.of(0.9),
            OptionalDouble.of(0.05),
            "0".repeat(64));
    return new ComparedModel(facts, control, maps, Optional.empty());
  }

  private static final ComparedModel EDGE = compared("edge", PlantedClassifier.edge(), 0.9);
  private static final ComparedModel CENTRE = compared("centre", PlantedClassifier.centre(), 0.6);

  private static Comparison both() {
    return ModelComparison.of(List.of(EDGE, CENTRE), List.of(), 1);
  }

  @Test
  void modelsThatDifferAreToldApart() {
    DifferenceRow e =
        both().differences().stream()
            .filter(d -> d.measure().equals("edge index"))
            .findFirst()
            .orElseThrow();
    assertTrue(e.difference() < -0.3 && e.ciHigh() < 0, e.toString());
    assertTrue(e.pHolm().orElseThrow() <= 0.05, e.toString());
    assertTrue(e.pHolm().orElseThrow() >= e.pValue().orElseThrow());
    DifferenceRow accuracy = both().differences().get(0);
    assertEquals(0.3, accuracy.difference(), 1e-9);
    assertTrue(accuracy.ciLow() > 0.2 && accuracy.ciHigh() < 0.4, accuracy.toString());
    assertEquals(OptionalDouble.empty(), accuracy.pValue());
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    Comparison same =
        ModelComparison.of(
            List.of(
                EDGE,
                new ComparedModel(EDGE.facts(), EDGE.control(), EDGE.maps(), Optional.empty())),
            List.of(),
            1);
    for (DifferenceRow d : same.differences()) {
      assertEquals(0, d.difference(), d.toString());
      d.pValue().ifPresent(p -> assertEquals(1, p));
    }
  }

  @Test
  void everyMeasureIsOfEachModelInTurn() {
    List<MeasureRow> measures = both().measures();
    List<String> quantities = measures.stream().map(MeasureRow::measure).distinct().toList();
    assertEquals("test accuracy", quantities.get(0));
    assertTrue(quantities.containsAll(List.of("success", "edge index", "probe profile")));
    for (int i = 0; i < measures.size(); i += 2) {
      assertEquals(measures.get(i).measure(), measures.get(i + 1).measure());
      assertEquals(
          List.of("edge", "centre"), List.of(measures.get(i).model(), measures.get(i + 1).model()));
    }
  }

  /** The target may lie above ½, which all runs reach. */
  @Test
  void successIsThatOfTheUnit() {
    for (MeasureRow row : both().measures()) {
      if (row.measure().equals("success")) {
        int cats = (row.model().equals("edge") ? EDGE : CENTRE).control().halfCats();
        assertEquals("share of runs that reach p(target) 1/2", row.unit());
        assertEquals((double) cats / row.runs().orElseThrow(), row.value());
      }
    }
  }

  @Test
  void imagesOfOneAreNoCatsForTheOther() {
    Map<String, List<BlackPixels>> images =
        Map.of("edge", EDGE.control().images(), "centre", CENTRE.control().images());
    List<CrossModelRow> rows = new ArrayList<>();
    rows.addAll(Comparison.transferScores(PlantedClassifier.edge(), images, 1));
    assertEquals(2, rows.size());
    CrossModelRow own =
        rows.stream().filter(r -> r.from().equals("edge")).findFirst().orElseThrow();
    CrossModelRow other =
        rows.stream().filter(r -> r.from().equals("centre")).findFirst().orElseThrow();
    assertEquals(1, own.share());
    assertEquals(0, other.share());
    assertTrue(own.ciLow() > 0.6 && other.ciHigh() < 0.4);
    assertTrue(own.randomShare() < own.share(), own.toString());
  }

  @Test
  void oneModelIsNoComparison() {
    assertThrows(
        IllegalArgumentException.class, () -> ModelComparison.of(List.of(EDGE), List.of(), 1));
  }
}
