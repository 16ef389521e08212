package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.feature.train.EvaluateJob.EvaluateConfig;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.EvaluationTables.PredictionRow;
import org.whisker.feature.train.EvaluationTables.RocRow;
import org.whisker.job.DeviceConfig;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.torch.Precision;

class EvaluateJobTest {
  @TempDir Path home;

  /** A program gets tables and a result; what is drawn of them is its own affair. */
  @Test
  void aProgramGetsTablesAndTheirSummary() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos"), 4);
    JobContext context =
        new JobContext(
            new WhiskerHome(home), Clock.systemUTC(), JobListener.silent(), StopSignal.never());
    EvaluateConfig config =
        new EvaluateConfig(
            "tiny",
            home.resolve("photos"),
            Optional.empty(),
            new DeviceConfig("cpu", Precision.FLOAT32));
    EvaluateJob.Result result =
        new EvaluateJob(context).run(config, Optional.of(home.resolve("out")));
    assertEquals(home.resolve("out"), result.folder());
    assertEquals(
        List.of(result.summary()),
        EvaluationRow.TABLE.read(result.folder().resolve(EvaluationRow.FILE)));
    List<RocRow> roc = RocRow.TABLE.read(result.folder().resolve(RocRow.FILE));
    assertEquals(new RocRow(Double.NEGATIVE_INFINITY, 0, 0), roc.get(0));
    RocRow last = roc.get(roc.size() - 1);
    assertEquals(1, last.falsePositiveRate());
    assertEquals(1, last.truePositiveRate());
    assertEquals(result.summary().rocAuc(), area(roc), 1e-12);
    List<PredictionRow> predictions =
        PredictionRow.TABLE.read(result.folder().resolve(PredictionRow.FILE));
    double highest = predictions.stream().mapToDouble(PredictionRow::logit).max().orElseThrow();
    assertEquals(highest, last.logitAtMost());
    assertFalse(Files.exists(result.folder().resolve("roc.png")));
  }

  private static double area(List<RocRow> roc) {
    double area = 0;
    for (int i = 1; i < roc.size(); i++) {
      RocRow a = roc.get(i - 1);
      RocRow b = roc.get(i);
      area +=
          (b.falsePositiveRate() - a.falsePositiveRate())
              * (a.truePositiveRate() + b.truePositiveRate())
              / 2;
    }
    return area;
  }
}
