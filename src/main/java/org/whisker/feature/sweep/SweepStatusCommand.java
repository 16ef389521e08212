package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.feature.sweep.SweepStatus.StatusRow;
import org.whisker.feature.sweep.SweepStatus.WorkerRow;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

/** {@code whisker sweep status}: how far a sweep is. */
@Command(
    name = "status",
    description = "Says how many tasks of a sweep are done, failed, left, and who is busy.",
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
final class SweepStatusCommand extends RecordCommand<SweepStatusCommand.Asked> {
  record Asked(
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--watch",
              arity = "0..1",
              fallback = "10",
              label = "SECONDS",
              help = "Say it again each so many seconds (10), until all is done.")
          OptionalInt watch) {}

  private static final long POLL_MILLIS = 100;

  SweepStatusCommand(Environment environment) {
    super(environment, Asked.class, Extra.JSON);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--watch", "--quiet", "--verbose", "--json");
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
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
          .table("workers", WorkerRow.TABLE, SweepText.workers(status))
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
