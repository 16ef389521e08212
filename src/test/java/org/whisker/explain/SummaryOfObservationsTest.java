package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.SummaryRow;

/** The summary of all experiments beside the table of one. */
class SummaryOfObservationsTest {
  @Test
  void equivalenceStandsInBothWhereNoVerdictIsAsked() {
    PlantedExperiments.Model model =
        new PlantedExperiments.Model("edge", PlantedClassifier.edge(), PlantedClassifier.edge());
    List<AblationResult> results = PlantedExperiments.run(model, "uniformity");
    List<SummaryRow> summary = SummaryRow.of(results);
    List<ObservationRow> beside =
        results.get(0).observations().stream()
            .map(ObservationRow::of)
            .filter(row -> row.verdict().isEmpty() && row.pEquivalence().isPresent())
            .toList();
    assertFalse(beside.isEmpty());
    for (ObservationRow row : beside) {
      SummaryRow same =
          summary.stream()
              .filter(each -> Objects.equals(each.comparison(), row.observed()))
              .findFirst()
              .orElseThrow();
      assertEquals(row.pEquivalence(), same.tested().pEquivalence(), row.observed());
    }
  }
}
