package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Supplement;
import org.whisker.chart.kit.Drawing;
import org.whisker.table.ArmImages;
import org.whisker.table.ArmRow;
import org.whisker.table.EffectRow;

/** All files of an experiment on a model. */
public final class AblationFiles {
  private AblationFiles() {}

  /**
   * Writes {@code arms.csv} and what else was measured; where arms are compared {@code effect.csv},
   * {@code edge-index} and {@code heatmaps} as PNG and SVG, {@code images.csv}; what was observed
   * of the control's images in {@code observations.csv}.
   *
   * @param random a stream for each name, for the charts' intervals
   */
  public static void write(
      Path folder, AblationResult result, Function<String, RandomGenerator> random)
      throws IOException {
    ArmRow.TABLE.write(folder.resolve(ArmRow.FILE), ArmRow.of(result));
    if (!result.effects().isEmpty()) {
      EffectRow.TABLE.write(folder.resolve(EffectRow.FILE), EffectRow.of(result));
      AblationFigures figures = new AblationFigures(result, random);
      draw(folder, "edge-index", figures.strips());
      draw(folder, "heatmaps", figures.heatmaps());
      ArmImages.write(folder.resolve(ArmImages.FILE), result);
    }
    ObservationFiles.write(folder, result);
    for (Supplement supplement : result.supplements()) {
      String title = result.model();
      SupplementFiles.write(folder, title, supplement);
    }
  }

  public static void draw(Path folder, String stem, Optional<? extends Drawing> drawing)
      throws IOException {
    if (drawing.isPresent()) {
      drawing.get().writePng(folder.resolve(stem + ".png"));
      drawing.get().writeSvg(folder.resolve(stem + ".svg"));
    }
  }
}
