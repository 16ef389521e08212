package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.io.CsvWriter;

/** Whether the networks that were trained for an experiment are any good. */
public final class NetworkFiles {
  public static final String FILE = "networks.csv";
  private static final List<String> HEADER =
      List.of(
          "arm",
          "number",
          "network",
          "seed",
          "epochs",
          "test_photos",
          "test_accuracy",
          "recall_cat",
          "recall_not_cat",
          "roc_auc",
          "white_p_cat",
          "sha256");

  private NetworkFiles() {}

  /** Writes {@code networks.csv}, a row a network of an arm; experiments may share one. */
  public static void write(Path folder, List<TrainedNetwork> networks) throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve(FILE), HEADER)) {
      for (TrainedNetwork n : networks) {
        csv.row(
            n.arm(),
            n.number(),
            n.network(),
            n.seed(),
            n.epochs(),
            n.photos(),
            n.accuracy(),
            n.recallCat(),
            n.recallNotCat(),
            n.rocAuc(),
            n.whiteCatProbability(),
            n.sha256());
      }
      csv.finish();
    }
  }
}
