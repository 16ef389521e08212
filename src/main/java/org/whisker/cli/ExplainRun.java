package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.RunStore;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.HypothesisTests;
import org.whisker.report.AblationSummaryFiles;
import org.whisker.report.FindingFiles;
import org.whisker.report.ReportPage;

/**
 * Does what a report needs in its folder, from wherever an earlier process left it.
 *
 * @param trained where networks are trained and found again
 */
record ExplainRun(
    Environment environment,
    CommonOptions common,
    Path folder,
    ExplainJob job,
    Map<String, Object> manifest,
    RunStore store,
    Path trained) {
  int run() throws IOException {
    String status = "failed";
    long begun = environment.clock().millis();
    write("running");
    try {
      BooleanSupplier stopped = environment.interrupts().listen();
      AblationSummaryFiles.skipped(folder, job.experiments().skipped());
      ExperimentRuns experiments =
          new ExperimentRuns(environment, common, folder, job.experiments(), store, trained);
      // others were found: the seconds below are of these
      manifest.put("runs_done_here", experiments.pending().size());
      List<AblationResult> results = experiments.run(stopped);
      AblationSummaryFiles.write(folder, results);
      new ModelParts(environment, common, folder, job).write(results, stopped);
      List<HypothesisTest> tests =
          new HypothesisTests(ExplainJob.ALPHA, job::reason).of(results, job.names());
      FindingFiles.write(folder.resolve("findings.csv"), tests);
      Duration took = Duration.ofMillis(environment.clock().millis() - begun);
      manifest.put("seconds", took.toSeconds());
      status = "done";
      write(status);
      ReportPage.write(folder);
      say(took);
    } catch (CancellationException e) {
      status = "stopped";
      environment.err().println("whisker: stopped; " + howToGoOn());
    } finally {
      write(status);
    }
    return ExitCode.OK;
  }

  private String howToGoOn() {
    return job.budget().equals(ExplainJob.COMPARE)
        ? "the same command goes on with the runs that are done"
        : "go on with: whisker explain --resume " + folder;
  }

  private void say(Duration took) throws IOException {
    ReportPage.answer(folder).forEach(environment.out()::println);
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%nThe report (%d min %d s): %s%n",
            took.toMinutes(),
            took.toSecondsPart(),
            folder.resolve("index.html"));
  }

  private void write(String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(ExperimentManifest.NAME), manifest);
  }
}
