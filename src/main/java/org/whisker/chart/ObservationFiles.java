package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Observed;
import org.whisker.chart.kit.Drawing;
import org.whisker.table.ObservationRow;
import org.whisker.table.PositionTables;

/** What was observed of evolved images, as files. */
final class ObservationFiles {
  private ObservationFiles() {}

  /** Writes {@code observations.csv}, if there are any, and what belongs to each. */
  static void write(Path folder, AblationResult result) throws IOException {
    if (result.observed().isEmpty()) {
      return;
    }
    ObservationRow.TABLE.write(folder.resolve(ObservationRow.FILE), ObservationRow.of(result));
    String title = result.ablation().id() + " on " + result.model();
    for (Observed observed : result.observed()) {
      if (observed instanceof Observed.Moves moves) {
        MoveFiles.write(folder, title, moves);
      } else if (observed instanceof Observed.ByResidue by && !by.residues().isEmpty()) {
        PositionTables.residues(folder.resolve("residues.csv"), by.residues());
        PositionTables.residueTests(folder.resolve("residue_tests.csv"), by.residues());
        Drawing drawing = PositionFigures.residues(title, by.residues());
        drawing.writePng(folder.resolve("residues.png"));
        drawing.writeSvg(folder.resolve("residues.svg"));
      }
    }
  }
}
