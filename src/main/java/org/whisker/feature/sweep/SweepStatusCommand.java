package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker sweep status}: how far a sweep is. */
@Command(
    name = "status",
    description = "Says how many tasks of a sweep are done, failed, left, and who is busy.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Time left: what was planned for the rest, times how much longer tasks took than",
      "planned, by the number of busy workers.",
      "",
      "Examples:",
      "  whisker sweep status question",
      "  whisker sweep status question --watch",
      "  whisker sweep status question --watch=60"
    })
final class SweepStatusCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 100;

  private final Environment environment;

  @Parameters(paramLabel = "DIR", description = "The folder that sweep plan wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "SECONDS",
      description = "Say it again each so many seconds (10), until all is done.")
  private @Nullable Integer watch;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final JsonOption json = new JsonOption();

  SweepStatusCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    InvalidRequestException.refuse(
        watch != null && watch < 1, "--watch is at least 1 second, was " + watch);
    SweepManifest.open(folder);
    SweepFolder sweep = new SweepFolder(folder);
    SweepStatus status = SweepStatus.of(sweep);
    say(status);
    if (watch != null) {
      BooleanSupplier stopped = environment.interrupts().listen();
      while (status.left() > 0 && waited(watch, stopped)) {
        status = SweepStatus.of(sweep);
        say(status);
        environment.out().flush();
      }
    }
    return ExitCode.OK;
  }

  private void say(SweepStatus status) throws IOException {
    if (json.asked()) {
      new JsonOption.Document()
          .table("status", StatusRow.TABLE, List.of(SweepText.row(status)))
          .table("workers", WorkerRow.TABLE, SweepText.workers(status))
          .print(environment.out());
    } else {
      environment.out().print(SweepText.of(status, !common.quiet()));
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
