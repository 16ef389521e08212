package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.feature.ablate.SelfcheckConfig.CalibrationConfig;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ResumableJob;
import org.whisker.selfcheck.Calibration;
import org.whisker.selfcheck.Calibration.NullCalibrationRow;

/**
 * Measures by simulation how often verdicts are false where there is nothing to find, and how often
 * an effect is found. Its folder gets {@code calibration.csv}, a row a hypothesis; a stopped job
 * goes on with the hypothesis that it was at.
 */
public final class CalibrationJob extends ResumableJob<CalibrationConfig, CalibrationJob.Result> {
  public static final String COMMAND = "selfcheck --calibrate";

  private static final List<String> DECISIVE =
      List.of("command", "hypotheses", "replicates", "runs", "evaluations", "seed");

  public CalibrationJob(JobContext context) {
    super(context, COMMAND, CalibrationConfig.class);
  }

  /**
   * The result.
   *
   * @param done whether all hypotheses are calibrated; otherwise the job was stopped
   */
  public record Result(Path folder, boolean done, List<NullCalibrationRow> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  @Override
  public Result run(CalibrationConfig config, JobFolder.Place place) throws IOException {
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(
            context.home().analyses(), "calibration", content(config), config, DECISIVE),
        folder -> simulate(folder, config));
  }

  private Result simulate(JobFolder folder, CalibrationConfig config) throws IOException {
    boolean done =
        folder.fill(
            "hypotheses",
            NullCalibrationRow.TABLE,
            NullCalibrationRow.FILE,
            config.hypotheses().size(),
            (number, progress, stopped) -> row(config, config.hypotheses().get(number), stopped));
    if (done) {
      folder.done();
    }
    Path table = folder.folder().resolve(NullCalibrationRow.FILE);
    return new Result(
        folder.folder(), done, done ? NullCalibrationRow.TABLE.read(table) : List.of());
  }

  private Optional<NullCalibrationRow> row(
      CalibrationConfig config, String hypothesis, BooleanSupplier stopped) {
    int all = Calibration.simulations(hypothesis, config.replicates());
    try (Progress bar = context.progress("simulating " + hypothesis, all)) {
      Calibration calibration =
          new Calibration(config.trial(), config.replicates(), bar::stepTo, stopped);
      return Optional.of(calibration.of(hypothesis));
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> content(CalibrationConfig config) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("command", COMMAND);
    content.put("created", context.clock().instant().toString());
    content.put("hypotheses", config.hypotheses());
    content.put("replicates", config.replicates());
    content.put("runs", config.runs());
    content.put("evaluations", config.evaluations());
    content.put("seed", config.seed());
    return content;
  }
}
