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
import org.whisker.report.AblationSummaryFiles;

/** Does what a report needs in its folder, from wherever an earlier process left it. */
record ExplainRun(
    Environment environment,
    CommonOptions common,
    Path folder,
    ExplainJob job,
    Map<String, Object> manifest,
    RunStore store) {
  int run() throws IOException {
    String status = "failed";
    long begun = environment.clock().millis();
    write("running");
    try {
      BooleanSupplier stopped = environment.interrupts().listen();
      AblationSummaryFiles.skipped(folder, job.experiments().skipped());
      List<AblationResult> results =
          new ExperimentRuns(environment, common, folder, job.experiments(), store).run(stopped);
      AblationSummaryFiles.write(folder, results);
      new ModelParts(environment, common, folder, job).write(results, stopped);
      status = "done";
      manifest.put("seconds", (environment.clock().millis() - begun) / 1000);
      write(status);
      say(Duration.ofMillis(environment.clock().millis() - begun));
    } catch (CancellationException e) {
      status = "stopped";
      environment.err().println("whisker: stopped; go on with: whisker explain --resume " + folder);
    } finally {
      write(status);
    }
    return ExitCode.OK;
  }

  private void say(Duration took) {
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
