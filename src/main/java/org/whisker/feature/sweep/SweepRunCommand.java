package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.whisker.command.Environment;
import org.whisker.command.RecordCommand;
import org.whisker.feature.sweep.SweepText.WorkReport;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

/** {@code whisker sweep run}: by an engine. */
@Command(
    name = "run",
    description = {
      "Does the tasks of a sweep that are not done by Spark 4.0, which deals them out to its"
          + " executors, longest first. It may be killed at any moment and begun again."
    },
    footer = {
      "",
      "Spark is no part of whisker. In a checkout, WHISKER_SPARK=1 ./whisker fetches it (150 MB)",
      "the first time; with SPARK_HOME, that Spark is taken. mvn -Pspark package makes",
      "target/spark/whisker-spark.jar for spark-submit. Options of Spark: WHISKER_JAVA_OPTS=-Dspark.…,",
      "or --conf of spark-submit.",
      "",
      "Examples:",
      "  WHISKER_SPARK=1 ./whisker sweep run question --master local[4]",
      "  WHISKER_SPARK=1 ./whisker sweep run question --master spark://head:7077",
      "  spark-submit --master yarn whisker-spark.jar sweep run question --results hdfs:///question"
    })
final class SweepRunCommand extends RecordCommand<SweepRunCommand.Asked> {
  record Asked(
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--master",
              label = "URL",
              help =
                  "local[N] (N tasks at a time in this process), local[*], spark://HOST:PORT, k8s://URL or"
                      + " yarn. Default: that of spark-submit.")
          Optional<String> master,
      @Option(
              names = "--results",
              label = "URL",
              help =
                  "Keep results in this folder of a Hadoop file system (hdfs://, s3a://) rather than in"
                      + " DIR, which executors then need not share. To collect, copy its contents to DIR.")
          Optional<String> results,
      @Option(
              names = "--models-on-nodes",
              help =
                  "Executors have the models under the same paths. Default: they are sent them, and check"
                      + " their SHA-256.")
          boolean onNodes) {}

  SweepRunCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--master", "--results", "--models-on-nodes", "--quiet", "--verbose");
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    EngineRequest request =
        EngineRequest.of(
            new SweepFolder(asked.folder().toAbsolutePath()),
            asked.master(),
            asked.results(),
            !asked.onNodes());
    SweepEngine engine = engine();
    OptionalInt elsewhere =
        new NumericsProcess(engine.variables(request), environment()).instead(spec());
    return elsewhere.isPresent()
        ? elsewhere.getAsInt()
        : WorkReport.of(
            engine.run(request, context()),
            asked.results().orElse(asked.folder().toString()),
            environment());
  }

  private static SweepEngine engine() throws IOException {
    return ServiceLoader.load(SweepEngine.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "sweep run needs Spark, which is no part of whisker: in a checkout, run"
                        + " WHISKER_SPARK=1 ./whisker sweep run …, which fetches it; or use sweep"
                        + " work, which needs nothing"));
  }
}
