package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.whisker.command.Command;
import org.whisker.command.CommandGroup;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.sweep.Numerics.NumericsProcess;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepFolder.SweepManifest;
import org.whisker.option.Option;

/** {@code whisker sweep}: many runs, on one machine or many. */
@Command(
    name = "sweep",
    description = {
      "Runs of evolve and ablate by the thousand, on one machine or on many that"
          + " share a folder. plan makes a list of tasks, work does a share of them, one"
          + " after the other, and collect makes the tables that evolve and ablate would"
          + " have made, byte for byte."
    },
    footer = {
      "",
      "A task is one run. Its key is a hash of weights, configuration, seed and numerics;",
      "a key that has a result is not run again. A worker may be killed at any moment: a",
      "result is there whole or not at all. Slurm, Kubernetes, Spark or xargs deal shares out.",
      "",
      "Examples:",
      "  whisker sweep plan analyses/specs/question.yaml --dry-run",
      "  whisker sweep plan analyses/specs/question.yaml --out question",
      "  seq 8 | xargs -P 8 -I{} whisker sweep work question --shard {}/8",
      "  whisker sweep collect question"
    })
public final class SweepCommand extends CommandGroup {
  private static final List<Function<Environment, RecordCommand<?>>> COMMANDS =
      List.of(
          SweepPlanCommand::new,
          SweepWorkCommand::new,
          SweepRunCommand::new,
          SweepCollectCommand::new);

  public SweepCommand(Environment environment) {
    super(environment, COMMANDS.stream().map(each -> new Member(each, Order.OWN)).toList());
  }

  /** {@code whisker sweep collect}: tables of what is done. */
  @Command(
      name = "collect",
      description = {
        "Makes the tables of a sweep in DIR/collected, at any time, also while workers"
            + " are busy.",
        "evolve.csv has one row per run of a search, and options.csv the options of each"
            + " setting. Each ablate of the spec has a folder as ablate makes it, with"
            + " verdicts and a report. experiments.csv says how many runs these tables have,"
            + " and unfinished.csv which tasks are missing or failed."
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
  @HelpOrder("--folders --format --width --quiet --verbose")
  private static final class SweepCollectCommand
      extends RecordCommand<SweepCollectCommand.CollectOptions> {
    /** What is collected. */
    record CollectOptions(
        @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
        @Option(
                names = "--folders",
                help =
                    "Also make a folder for each configuration of evolve, as evolve would,"
                        + " for heatmap and other commands to read.")
            boolean folders) {}

    SweepCollectCommand(Environment environment) {
      super(environment, CollectOptions.class, Extra.CHARTS);
    }

    @Override
    public Integer call() throws IOException {
      CollectOptions asked = config();
      SweepFolder sweep = new SweepFolder(asked.folder());
      OptionalInt elsewhere =
          NumericsProcess.of(sweep.manifest().numerics(), environment()).instead(line());
      if (elsewhere.isPresent()) {
        return elsewhere.getAsInt(); // what is observed of images is scored here
      }
      SweepCollector.Result result = new SweepCollector(sweep, context()).collect(asked.folders());
      result.say(environment().out());
      environment().out().println("written to " + result.folder());
      return ExitCode.OK;
    }
  }

  /** {@code whisker sweep work}: a share of the tasks. */
  @Command(
      name = "work",
      description = {
        "Does the tasks of a sweep, or a share of them, one after the other. Those that have a"
            + " result are skipped, so it may be killed at any moment and given again."
      },
      footer = {
        "",
        "A run that fails by itself is kept with its message as its result, and is not tried",
        "again unless that file is removed. What fails for other reasons (memory, a disk, a",
        "missing model) is left, and the exit code is 1.",
        "",
        "Workers on one machine: as many as there are cores, with numerics portable or",
        "OMP_NUM_THREADS=1; on GPUs one each (CUDA_VISIBLE_DEVICES).",
        "",
        "Examples:",
        "  whisker sweep work question",
        "  whisker sweep work question --shard 3/8"
      })
  @HelpOrder("--shard --quiet --verbose")
  private static final class SweepWorkCommand extends RecordCommand<SweepWorkCommand.WorkOptions> {
    record WorkOptions(
        @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
        @Option(
                names = "--shard",
                label = "I/N",
                help = "Only shard I of N, from 1; each has tasks of every length.")
            Optional<String> shard) {}

    SweepWorkCommand(Environment environment) {
      super(environment, WorkOptions.class);
    }

    @Override
    public Integer call() throws IOException {
      WorkOptions asked = config();
      Share share = Share.parse(asked.shard().orElse("1/1"));
      SweepFolder sweep = new SweepFolder(asked.folder());
      SweepManifest manifest = sweep.manifest();
      OptionalInt elsewhere =
          NumericsProcess.of(manifest.numerics(), environment()).instead(line());
      if (elsewhere.isPresent()) {
        return elsewhere.getAsInt();
      }
      manifest.check();
      return new SweepWorker(sweep, context(), UnaryOperator.identity())
          .run(share)
          .say(environment());
    }
  }

  /** {@code whisker sweep run}: by an engine. */
  @Command(
      name = "run",
      description = {
        "Does the tasks of a sweep that are not done by Spark 4.0, which deals shards out to its"
            + " executors. It may be killed at any moment and begun again."
      },
      footer = {
        "",
        "Executors have the sweep's folder and the models under the same paths.",
        "",
        "Spark is no part of whisker. In a checkout, WHISKER_SPARK=1 ./whisker fetches it (150 MB)",
        "the first time; with SPARK_HOME, that Spark is taken. mvn -Pspark package makes",
        "target/spark/whisker-spark.jar for spark-submit. Options of Spark:"
            + " WHISKER_JAVA_OPTS=-Dspark.…,",
        "or --conf of spark-submit.",
        "",
        "Examples:",
        "  WHISKER_SPARK=1 ./whisker sweep run question --master local[4]",
        "  WHISKER_SPARK=1 ./whisker sweep run question --master spark://head:7077",
        "  spark-submit --master yarn whisker-spark.jar sweep run /shared/question"
      })
  @HelpOrder("--master --quiet --verbose")
  private static final class SweepRunCommand extends RecordCommand<SweepRunCommand.RunOptions> {
    record RunOptions(
        @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
        @Option(
                names = "--master",
                label = "URL",
                help =
                    "local[N] (N tasks at a time in this process), local[*], spark://HOST:PORT,"
                        + " k8s://URL or yarn. Default: that of spark-submit.")
            Optional<String> master) {}

    SweepRunCommand(Environment environment) {
      super(environment, RunOptions.class);
    }

    @Override
    public Integer call() throws IOException {
      SweepFolder sweep = new SweepFolder(config().folder().toAbsolutePath());
      SweepManifest manifest = sweep.manifest();
      SweepEngine engine =
          ServiceLoader.load(SweepEngine.class)
              .findFirst()
              .orElseThrow(
                  () ->
                      new IOException(
                          "sweep run needs Spark, which is no part of whisker: in a checkout, run"
                              + " WHISKER_SPARK=1 ./whisker sweep run …, which fetches it; or use"
                              + " sweep work, which needs nothing"));
      Map<String, String> variables = engine.variables(manifest.numerics(), config().master());
      OptionalInt elsewhere = new NumericsProcess(variables, environment()).instead(line());
      return elsewhere.isPresent()
          ? elsewhere.getAsInt()
          : engine.run(sweep, config().master(), context()).say(environment());
    }
  }
}
