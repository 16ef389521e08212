package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.whisker.command.Command;
import org.whisker.command.CommandGroup;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.sweep.Numerics.NumericsProcess;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;
import org.whisker.feature.sweep.SweepStatus.StatusRow;
import org.whisker.feature.sweep.SweepStatus.Worker;
import org.whisker.feature.sweep.SweepText.WorkReport;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;

/** {@code whisker sweep}: many runs, on one machine or many. */
@Command(
    name = "sweep",
    description = {
      "Runs of evolve and ablate by the thousand, on one machine or on many that"
          + " share a folder. plan makes a list of tasks, and any number of workers do"
          + " them. collect makes the tables that evolve and ablate would have made, byte"
          + " for byte."
    },
    footer = {
      "",
      "A task is one run. Its key is a hash of weights, configuration, seed and numerics;",
      "a key that has a result is not run again. Workers need nothing but the folder, and",
      "may be killed at any moment.",
      "",
      "Examples:",
      "  whisker sweep plan analyses/specs/question.yaml --dry-run",
      "  whisker sweep plan analyses/specs/question.yaml --out question",
      "  whisker sweep work question",
      "  whisker sweep status question --watch",
      "  whisker sweep collect question",
      "  whisker sweep emit slurm question"
    })
public final class SweepCommand extends CommandGroup {
  private static final List<Function<Environment, RecordCommand<?>>> COMMANDS =
      List.of(
          SweepPlanCommand::new,
          SweepWorkCommand::new,
          SweepRunCommand::new,
          SweepStatusCommand::new,
          SweepCollectCommand::new,
          SweepEmitCommand::new);

  public SweepCommand(Environment environment) {
    super(environment, COMMANDS.stream().map(each -> new Member(each, Order.OWN)).toList());
  }

  /** {@code whisker sweep collect}: tables of what is done. */
  @Command(
      name = "collect",
      description = {
        "Makes the tables of a sweep in DIR/collected, at any time, also while workers"
            + " are busy.",
        "evolve.csv has one row per run of a search, settings.csv one per setting (with"
            + " options.csv and option_effects.csv), networks.csv one per trained network."
            + " Each ablate of the spec has a folder as ablate makes it, with verdicts and a"
            + " report. experiments.csv says how many runs these tables have, and"
            + " unfinished.csv which tasks are missing, failed, or have two results."
            + " index.html shows all of this."
      },
      footer = {
        "",
        "Tables of an unfinished experiment have fewer runs: those first seeds that all arms",
        "have. All tables have the same bytes as those that ablate and evolve write.",
        "",
        "Examples:",
        "  whisker sweep collect question",
        "  whisker sweep collect question --folders"
      })
  @HelpOrder("--folders --format --width --own-scales --quiet --verbose")
  private static final class SweepCollectCommand extends RecordCommand<SweepCollectCommand.Asked> {
    /** What is collected. */
    record Asked(
        @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
        @Option(
                names = "--folders",
                help =
                    "Also make a folder for each configuration of evolve, as evolve would,"
                        + " for heatmap and other commands to read; with generations.csv where"
                        + " the spec says keep_generations: true.")
            boolean folders) {}

    SweepCollectCommand(Environment environment) {
      super(environment, SweepCollectCommand.Asked.class, Extra.CHARTS);
    }

    @Override
    public Integer call() throws IOException {
      SweepCollectCommand.Asked asked = config();
      SweepManifest manifest = SweepManifest.open(asked.folder());
      OptionalInt elsewhere =
          NumericsProcess.of(manifest.numerics(), environment()).instead(line());
      if (elsewhere.isPresent()) {
        return elsewhere.getAsInt(); // what is observed of images is scored here
      }
      SweepCollector.Result result =
          new SweepCollector(new SweepFolder(asked.folder()), context()).collect(asked.folders());
      SweepPage.write(result.folder());
      environment().out().print(SweepText.of(result));
      environment().out().println("written to " + result.folder() + "; open index.html");
      return ExitCode.OK;
    }
  }

  /** {@code whisker sweep status}: how far a sweep is. */
  @Command(
      name = "status",
      description = "Says how many tasks of a sweep are done, failed, left, and who is busy.",
      footer = {
        "",
        "Time left: the planned time of the remaining tasks, times the ratio of actual to",
        "planned time so far, divided by the number of busy workers.",
        "",
        "Examples:",
        "  whisker sweep status question",
        "  whisker sweep status question --watch",
        "  whisker sweep status question --watch=60"
      })
  @HelpOrder("--watch --quiet --verbose --json")
  static final class SweepStatusCommand extends RecordCommand<SweepStatusCommand.Asked> {
    record Asked(
        @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
        @Option(
                names = "--watch",
                arity = "0..1",
                fallback = "10",
                label = "SECONDS",
                help =
                    "Print the status again every so many seconds (10), until all tasks"
                        + " are done.")
            OptionalInt watch) {}

    private static final long POLL_MILLIS = 100;

    SweepStatusCommand(Environment environment) {
      super(environment, SweepStatusCommand.Asked.class, Extra.JSON);
    }

    @Override
    public Integer call() throws IOException {
      SweepStatusCommand.Asked asked = config();
      InvalidRequestException.refuse(
          asked.watch().orElse(1) < 1,
          "--watch is at least 1 second, was " + asked.watch().orElse(1));
      SweepManifest.open(asked.folder());
      SweepFolder sweep = new SweepFolder(asked.folder());
      SweepStatus status = SweepStatus.of(sweep);
      say(status);
      if (asked.watch().isPresent()) {
        BooleanSupplier stopped = environment().interrupts().listen();
        while (status.left() > 0 && waited(asked.watch().getAsInt(), stopped)) {
          status = SweepStatus.of(sweep);
          say(status);
          environment().out().flush();
        }
      }
      return ExitCode.OK;
    }

    private void say(SweepStatus status) throws IOException {
      if (json()) {
        new JsonOption.Document()
            .table("status", StatusRow.TABLE, List.of(SweepText.row(status)))
            .table("workers", Worker.TABLE, status.workers())
            .print(environment().out());
      } else {
        environment().out().print(SweepText.of(status, !common().quiet()));
      }
    }

    private static boolean waited(int seconds, BooleanSupplier stopped) {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      try {
        while (System.nanoTime() < end && !stopped.getAsBoolean()) {
          Thread.sleep(POLL_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      return !stopped.getAsBoolean();
    }
  }

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
  @HelpOrder("--master --results --models-on-nodes --quiet --verbose")
  static final class SweepRunCommand extends RecordCommand<SweepRunCommand.Asked> {
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
                    "Executors have the models under the same paths. Default: models are sent"
                        + " to executors, which check their SHA-256.")
            boolean onNodes) {}

    SweepRunCommand(Environment environment) {
      super(environment, SweepRunCommand.Asked.class);
    }

    @Override
    public Integer call() throws IOException {
      SweepRunCommand.Asked asked = config();
      EngineRequest request =
          EngineRequest.of(
              new SweepFolder(asked.folder().toAbsolutePath()),
              asked.master(),
              asked.results(),
              !asked.onNodes());
      SweepEngine engine = engine();
      OptionalInt elsewhere =
          new NumericsProcess(engine.variables(request), environment()).instead(line());
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
}
