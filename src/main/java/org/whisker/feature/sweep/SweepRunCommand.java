package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker sweep run}: by an engine. */
@Command(
    name = "run",
    description = {
      "Does the tasks of a sweep that are not done by Spark 4.0, which deals them out to its"
          + " executors, longest first. It may be killed at any moment and begun again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
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
final class SweepRunCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder that sweep plan wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "local[N] (N tasks at a time in this process), local[*], spark://HOST:PORT, k8s://URL or"
              + " yarn. Default: that of spark-submit.")
  private @Nullable String master;

  @Option(
      names = "--results",
      paramLabel = "URL",
      description =
          "Keep results in this folder of a Hadoop file system (hdfs://, s3a://) rather than in"
              + " DIR, which executors then need not share. To collect, copy its contents to DIR.")
  private @Nullable String results;

  @Option(
      names = "--models-on-nodes",
      description =
          "Executors have the models under the same paths. Default: they are sent them, and check"
              + " their SHA-256.")
  private boolean onNodes;

  @Mixin private final CommonOptions common = new CommonOptions();

  SweepRunCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    EngineRequest request =
        EngineRequest.of(
            new SweepFolder(folder.toAbsolutePath()),
            Optional.ofNullable(master),
            Optional.ofNullable(results),
            !onNodes);
    SweepEngine engine = engine();
    OptionalInt elsewhere =
        new NumericsProcess(engine.variables(request), environment).instead(spec);
    return elsewhere.isPresent()
        ? elsewhere.getAsInt()
        : WorkReport.of(
            engine.run(request, environment.context(common)),
            results == null ? folder.toString() : results,
            environment);
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
