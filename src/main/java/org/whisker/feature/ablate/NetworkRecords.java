package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.result.NetworkRow;
import org.whisker.ablation.result.TrainedRow;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.TrainingRecord;
import org.whisker.feature.train.TuningRecord;

/** What is told of the networks that were trained for an experiment. */
final class NetworkRecords {
  private NetworkRecords() {}

  /**
   * Writes {@code networks.csv}.
   *
   * @param folder of the experiment's tables
   * @param count of networks an arm
   */
  static void write(Path folder, AblateJob.Task task, RetrainedNetworks networks, int count)
      throws IOException {
    List<NetworkRow> told = new ArrayList<>();
    for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
      for (int i = 0; i < count; i++) {
        if (arm.ofNetwork(i).variant() instanceof Retrained network) {
          told.add(told(arm.name(), i + 1, networks.find(network).orElseThrow()));
        }
      }
    }
    NetworkRow.TABLE.write(folder.resolve(NetworkRow.FILE), told);
  }

  private static NetworkRow told(String arm, int number, ModelCard card) {
    TrainingRecord training = Objects.requireNonNull(card.training());
    Figures figures = Objects.requireNonNull(card.figures());
    return new NetworkRow(
        arm,
        number,
        new TrainedRow(
            card.name(),
            training.seed(),
            training.epochs(),
            figures.photos(),
            figures.accuracy(),
            figures.recallCat(),
            figures.recallNotCat(),
            figures.rocAuc(),
            figures.whiteCatProbability(),
            card.weights().sha256()),
        training.options().getOrDefault(TuningRecord.KEY, ""));
  }
}
