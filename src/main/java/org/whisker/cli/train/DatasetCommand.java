package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.DatasetConfig;
import org.whisker.study.train.DatasetJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker dataset}: photos, before a network sees them. */
@Command(
    name = "dataset",
    description = "Checks photos before training.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  whisker dataset check photos"})
public final class DatasetCommand implements Runnable {
  private final Environment environment;
  @Spec private CommandSpec spec;

  public DatasetCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: check");
  }

  @Command(
      name = "check",
      description = {
        "Looks for duplicates (the same file, or the same picture re-encoded), also across splits"
            + " and classes, and for unreadable files; counts sizes and the balance of the"
            + " classes.",
        "Writes photos.csv and duplicates.csv. Exit code 1 when a file cannot be read, or a"
            + " picture is labelled both cat and not_cat."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "A folder holds cat/ and not_cat/, or folders with both such as train/ and test/.",
        "A CSV has the columns path, label (cat or 0, not_cat or 1) and optionally split.",
        "",
        "Examples:",
        "  whisker dataset check photos",
        "  whisker dataset check photos.csv --size 224 --out photo-check"
      })
  int check(
      @Parameters(paramLabel = "DIR|CSV", description = "The photos.") Path source,
      @Option(
              names = "--size",
              paramLabel = "N",
              defaultValue = "128",
              description = "Photos with a shorter side below this are counted. Default: 128.")
          int size,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description = "Output folder, new or empty. Default: a new one in analyses/.")
          @Nullable Path out,
      @Mixin CommonOptions common)
      throws IOException {
    DatasetConfig config =
        InvalidRequestException.check(
            () -> new DatasetConfig(source, size, Optional.ofNullable(out)));
    DatasetJob.Result result = new DatasetJob(config, environment.context(common)).run();
    environment.out().print(new DatasetText(result.check()).of(size));
    environment.out().println("written to " + result.folder());
    return result.check().isBad() ? ExitCode.FAILURE : ExitCode.OK;
  }
}
