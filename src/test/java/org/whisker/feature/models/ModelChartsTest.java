package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.train.EvaluationTables.CalibrationRow;
import org.whisker.feature.train.EvaluationTables.ConfusionRow;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.EvaluationTables.RocRow;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.feature.train.TrainingChart;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;

class ModelChartsTest {
  @TempDir Path folder;

  @Test
  void trainingIsDrawnFromItsTable() throws IOException {
    FolderCharts.draw(folder);
    assertEquals(List.of(), files());
    EpochRow.TABLE.writeIn(folder, List.of());
    FolderCharts.draw(folder);
    assertEquals(List.of("training.csv"), files());
    List<EpochRow> epochs =
        List.of(
            new EpochRow(1, 0.7, 0.68, 0.5, 1e-3, 2.5), new EpochRow(2, 0.6, 0.61, 0.75, 2e-3, 2));
    EpochRow.TABLE.writeIn(folder, epochs);
    assertEquals(epochs, EpochRow.TABLE.read(folder.resolve(EpochRow.FILE)));
    FolderCharts.draw(folder);
    assertEquals(List.of("training.csv", "training.png", "training.svg"), files());
  }

  @Test
  void theLossOfATaughtModelIsNamed() throws IOException {
    assertEquals("training", TrainingChart.MinimisedLoss.of(folder).training());
    assertEquals("loss (nats)", TrainingChart.MinimisedLoss.of(folder).label());
    card(Map.of("teacher", "big"));
    assertEquals("divergence from the teacher", TrainingChart.MinimisedLoss.of(folder).training());
    assertEquals("loss (nats)", TrainingChart.MinimisedLoss.of(folder).label());
    card(Map.of("teacher", "big", "feature-weight", "2.5"));
    assertEquals(
        "divergence from the teacher + 2.5 × error in its features",
        TrainingChart.MinimisedLoss.of(folder).training());
    assertEquals("loss", TrainingChart.MinimisedLoss.of(folder).label());
  }

  private void card(Map<String, String> options) throws IOException {
    JsonFile.write(folder.resolve("model.json"), Map.of("training", Map.of("options", options)));
  }

  @Test
  void anEvaluationIsDrawnFromItsTables() throws IOException {
    Manifest.write(folder, Map.of("model", Map.of("name", "tiny")));
    EvaluationRow.TABLE.writeIn(
        folder, List.of(new EvaluationRow(0.75, 1, 0.5, 0.9, 0.1, 4, null, null, null, null)));
    CalibrationRow.TABLE.writeIn(
        folder,
        List.of(
            new CalibrationRow(0, 0.1, 3, 1, OptionalDouble.of(0.05), OptionalDouble.of(1 / 3.0)),
            new CalibrationRow(0.1, 0.2, 0, 0, OptionalDouble.empty(), OptionalDouble.empty()),
            new CalibrationRow(0.9, 1, 1, 1, OptionalDouble.of(0.95), OptionalDouble.of(1))));
    RocRow.TABLE.writeIn(
        folder,
        List.of(
            new RocRow(Double.NEGATIVE_INFINITY, 0, 0),
            new RocRow(-1.5, 0, 0.5),
            new RocRow(2, 1, 1)));
    ConfusionRow.TABLE.writeIn(
        folder, List.of(new ConfusionRow(Label.CAT, 2, 0), new ConfusionRow(Label.NOT_CAT, 1, 1)));
    FolderCharts.draw(folder);
    for (String chart : List.of("calibration", "roc", "confusion")) {
      assertTrue(files().contains(chart + ".png"), chart);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
