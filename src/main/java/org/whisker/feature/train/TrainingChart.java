package org.whisker.feature.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Line;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.io.Decimals;
import org.whisker.io.JsonFile;

/** {@code training.png} of {@code training.csv}: loss and accuracy over the epochs. */
public final class TrainingChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(EpochRow.FILE);
    List<EpochRow> epochs = Files.exists(table) ? EpochRow.TABLE.read(table) : List.of();
    if (epochs.isEmpty()) {
      return;
    }
    double[] epoch = column(epochs, EpochRow::epoch);
    MinimisedLoss minimised = MinimisedLoss.of(folder);
    files.write(
        folder,
        "training",
        Charts.training(
            "Training of " + folder.toAbsolutePath().normalize().getFileName(),
            minimised.label(),
            List.of(
                new Line(minimised.training(), epoch, column(epochs, EpochRow::trainLoss)),
                new Line("validation", epoch, column(epochs, EpochRow::validationLoss))),
            List.of(new Line("validation", epoch, column(epochs, EpochRow::validationAccuracy)))));
  }

  private static double[] column(List<EpochRow> epochs, ToDoubleFunction<EpochRow> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  /**
   * What training minimised, which for a taught model is no loss on labels.
   *
   * @param features the weight of the second loss, 0 for none
   */
  public record MinimisedLoss(boolean taught, double features) {
    /** Reads the loss off the model's card. */
    public static MinimisedLoss of(Path folder) throws IOException {
      Path card = folder.resolve("model.json");
      JsonNode options =
          Files.exists(card)
              ? JsonFile.read(card).at("/training/options")
              : MissingNode.getInstance();
      return new MinimisedLoss(
          options.hasNonNull("teacher"), options.path("feature-weight").asDouble());
    }

    public String label() {
      return features > 0 ? "loss" : "loss (nats)";
    }

    public String training() {
      if (!taught) {
        return "training";
      }
      return features > 0
          ? "divergence from the teacher + %s × error in its features"
              .formatted(Decimals.shortest(features))
          : "divergence from the teacher";
    }
  }
}
