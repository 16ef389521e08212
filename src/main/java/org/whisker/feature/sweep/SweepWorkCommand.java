package org.whisker.feature.sweep;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker sweep work}: one worker, of any number. */
@Command(
    name = "work",
    description = {
      "Does the tasks of a sweep that are not done. Any number of workers may share the folder,"
          + " begin and end at any time, and be killed: a result is there whole or not at all, and"
          + " the first one counts."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A task that fails is tried once more; if it fails in the same words, that is kept,",
      "and it is not tried again. What fails for other reasons (memory, a disk, a missing",
      "model) is left for the next worker, and the exit code is 1.",
      "",
      "Workers on one machine: as many as there are cores, with numerics portable or",
      "OMP_NUM_THREADS=1; on GPUs one each (CUDA_VISIBLE_DEVICES).",
      "",
      "Examples:",
      "  whisker sweep work question",
      "  whisker sweep work question --shard 3/8"
    })
final class SweepWorkCommand implements Callable<Integer> {
  private static final double MOST_SECONDS = 86_400;

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder that sweep plan wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only shard I of N, from 1; each has tasks of every length.")
  private @Nullable String shard;

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description = "Only the tasks whose keys this file lists, a line each.")
  private @Nullable Path tasks;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "A worker that shows no sign of life for so long is taken for dead, and what it was busy"
              + " with is done by others. Default: 60.")
  private double patience = 60;

  @Mixin private final CommonOptions common = new CommonOptions();

  SweepWorkCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    InvalidRequestException.refuse(
        !(patience >= 0.1 && patience <= MOST_SECONDS),
        "--patience is 0.1 to 86400 seconds, was " + patience);
    Share share = share();
    SweepManifest manifest = SweepManifest.open(folder);
    OptionalInt elsewhere = NumericsProcess.of(manifest.numerics(), environment).instead(spec);
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    manifest.versions().check();
    JobContext context = environment.context(common);
    SweepFolder sweep = new SweepFolder(folder);
    Duration waits = Duration.ofMillis(Math.round(patience * 1000));
    SweepWorker.Settings settings =
        new SweepWorker.Settings(id(), waits, TaskRunners.stored(sweep, context));
    return WorkReport.of(
        new SweepWorker(sweep, share, settings, context).run(), folder.toString(), environment);
  }

  private Share share() throws IOException {
    InvalidRequestException.refuse(
        shard != null && tasks != null, "--shard and --tasks exclude each other; give one");
    if (shard != null) {
      return Share.parse(shard);
    }
    if (tasks == null) {
      return Share.all();
    }
    List<String> lines = Files.readAllLines(tasks);
    Set<String> keys = new HashSet<>(lines.stream().map(String::strip).toList());
    keys.remove("");
    InvalidRequestException.refuse(keys.isEmpty(), "--tasks " + tasks + " lists no keys");
    return Share.of(keys);
  }

  /** Unlike any other: process numbers are the same on several machines, and in containers. */
  private String id() {
    return "%s-%d-%d"
        .formatted(
            host().replaceAll("[^\\w.-]", "_"),
            ProcessHandle.current().pid(),
            environment.clock().millis() * 1_000 + Math.floorMod(System.nanoTime(), 1_000L));
  }

  private static String host() {
    Map<String, String> variables = System.getenv();
    try {
      return variables.getOrDefault("HOSTNAME", InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "host";
    }
  }
}
