package org.whisker.feature.sweep;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.sweep.Numerics.NumericsProcess;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepText.WorkReport;
import org.whisker.feature.sweep.SweepWorker.Share;
import org.whisker.io.InputFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.option.Option;
import org.whisker.value.Text;

/** {@code whisker sweep work}: one worker, of any number. */
@Command(
    name = "work",
    description = {
      "Does the tasks of a sweep that are not done. Any number of workers may share the folder,"
          + " begin and end at any time, and be killed: a result is there whole or not at all, and"
          + " the first one counts."
    },
    footer = {
      "",
      "A task that fails is tried once more; if it fails with the same message, that is kept,",
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
@HelpOrder("--shard --tasks --patience --quiet --verbose")
final class SweepWorkCommand extends RecordCommand<SweepWorkCommand.Asked> {
  record Asked(
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--shard",
              label = "I/N",
              help = "Only shard I of N, from 1; each has tasks of every length.")
          Optional<String> shard,
      @Option(
              names = "--tasks",
              label = "FILE",
              help = "Only the tasks whose keys this file lists, a line each.")
          Optional<Path> tasks,
      @Option(
              names = "--patience",
              label = "SECONDS",
              defaultValue = "60",
              help =
                  "A worker that shows no sign of life for this long is taken for dead, and"
                      + " others do its tasks.")
          double patience) {}

  private static final double MOST_SECONDS = 86_400;

  SweepWorkCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    InvalidRequestException.refuse(
        !(asked.patience() >= 0.1 && asked.patience() <= MOST_SECONDS),
        "--patience is 0.1 to 86400 seconds, was " + asked.patience());
    Share share = share(asked);
    SweepManifest manifest = SweepManifest.open(asked.folder());
    OptionalInt elsewhere = NumericsProcess.of(manifest.numerics(), environment()).instead(line());
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    manifest.versions().check();
    JobContext context = context();
    SweepFolder sweep = new SweepFolder(asked.folder());
    Duration waits = Duration.ofMillis(Math.round(asked.patience() * 1000));
    SweepWorker.Settings settings =
        new SweepWorker.Settings(id(), waits, TaskRunners.stored(sweep, context));
    return WorkReport.of(
        new SweepWorker(sweep, share, settings, context).run(),
        asked.folder().toString(),
        environment());
  }

  private static Share share(Asked asked) throws IOException {
    InvalidRequestException.refuse(
        asked.shard().isPresent() && asked.tasks().isPresent(),
        "--shard and --tasks exclude each other; give one");
    if (asked.shard().isPresent()) {
      return Share.parse(asked.shard().get());
    }
    if (asked.tasks().isEmpty()) {
      return Share.all();
    }
    Set<TaskKey> keys = new HashSet<>();
    for (String line : InputFile.text(asked.tasks().get()).lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        keys.add(
            TaskKey.of(line)
                .orElseThrow(
                    () ->
                        new InvalidRequestException(
                            "--tasks %s lists '%s', which is no key of a task"
                                .formatted(asked.tasks().get(), line))));
      }
    }
    InvalidRequestException.refuse(
        keys.isEmpty(), "--tasks " + asked.tasks().get() + " lists no keys");
    return Share.of(keys);
  }

  /** Unlike any other: process numbers are the same on several machines, and in containers. */
  private String id() {
    return Text.of(
        "%s-%d-%d",
        host().replaceAll("[^\\w.-]", "_"),
        ProcessHandle.current().pid(),
        environment().clock().millis() * 1_000 + Math.floorMod(System.nanoTime(), 1_000L));
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
