package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.EdgeAtConfidence;
import org.whisker.ablation.Observed;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.ArmImageRow;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.ArmSummaryRow;
import org.whisker.ablation.result.EdgeAtConfidenceRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.HarmAndHelpRow;
import org.whisker.ablation.result.MoveCurveRow;
import org.whisker.ablation.result.MoveRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.PriceRow;
import org.whisker.ablation.result.RingRow;
import org.whisker.ablation.result.StrideCombRow;
import org.whisker.ablation.result.WithheldRow;
import org.whisker.position.result.ResidueRow;

/** All tables of an experiment on a model. */
record ExperimentTables(Path folder, AblationResult result) {
  /**
   * Writes {@code arms.csv}, {@code arm_summary.csv} and {@code edge_at_p.csv}; where arms are
   * compared {@code effect.csv} and {@code images.csv}; what was observed of the control's images,
   * what was measured besides, and what has no verdict.
   *
   * @param seed of the intervals' random streams
   */
  void write(long seed) throws IOException {
    ArmRow.TABLE.write(folder.resolve(ArmRow.FILE), ArmRow.of(result));
    ArmSummaryRow.TABLE.write(
        folder.resolve(ArmSummaryRow.FILE),
        ArmSummaryRow.of(ArmSummary.of(result, seed), result.target()));
    EdgeAtConfidenceRow.TABLE.write(
        folder.resolve(EdgeAtConfidenceRow.FILE),
        EdgeAtConfidenceRow.of(EdgeAtConfidence.of(result, seed)));
    if (!result.effects().isEmpty()) {
      EffectRow.TABLE.write(folder.resolve(EffectRow.FILE), EffectRow.of(result));
      ArmImageRow.TABLE.write(folder.resolve(ArmImageRow.FILE), ArmImageRow.of(result));
    }
    if (!result.observed().isEmpty()) {
      ObservationRow.TABLE.write(folder.resolve(ObservationRow.FILE), ObservationRow.of(result));
    }
    if (!result.withheld().isEmpty()) {
      WithheldRow.TABLE.write(folder.resolve(WithheldRow.FILE), WithheldRow.of(result));
    }
    for (Observed observed : result.observed()) {
      write(observed);
    }
    for (SupplementaryTable supplement : result.supplements()) {
      write(supplement);
    }
  }

  private void write(Observed observed) throws IOException {
    if (observed instanceof Observed.Moves moves) {
      MoveRow.TABLE.write(folder.resolve(MoveRow.FILE), MoveRow.of(moves.patterns()));
      MoveCurveRow.TABLE.write(folder.resolve(MoveCurveRow.FILE), MoveCurveRow.of(moves.curves()));
      StrideCombRow.TABLE.write(
          folder.resolve(StrideCombRow.FILE), StrideCombRow.of(moves.combs()));
    } else if (observed instanceof Observed.ByResidue by && !by.residues().isEmpty()) {
      ResidueRow.TABLE.write(folder.resolve(ResidueRow.FILE), ResidueRow.of(by.residues()));
      ResidueRow.TestRow.TABLE.write(
          folder.resolve(ResidueRow.TestRow.FILE), ResidueRow.TestRow.of(by.residues()));
    }
  }

  private void write(SupplementaryTable supplement) throws IOException {
    if (supplement instanceof SupplementaryTable.PriceRatios prices) {
      PriceRow.TABLE.write(folder.resolve(PriceRow.FILE), PriceRow.of(prices));
    } else if (supplement instanceof SupplementaryTable.Rings rings) {
      RingRow.TABLE.write(folder.resolve(RingRow.FILE), RingRow.of(rings));
    } else if (supplement instanceof SupplementaryTable.HarmAndHelp both) {
      HarmAndHelpRow.TABLE.write(folder.resolve(HarmAndHelpRow.FILE), HarmAndHelpRow.of(both));
    }
  }
}
