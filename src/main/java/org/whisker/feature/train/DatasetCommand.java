package org.whisker.feature.train;

import java.io.IOException;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
  private CommandSpec spec = CommandSpec.create();

  public DatasetCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.addSubcommand("check", RecordCommand.helpFirst(new Check(environment)));
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
      footer = {
        "",
        "A folder holds cat/ and not_cat/, or folders with both such as train/ and test/.",
        "A CSV has the columns path, label (cat or 0, not_cat or 1) and optionally split.",
        "",
        "Examples:",
        "  whisker dataset check photos",
        "  whisker dataset check photos.csv --size 224 --out photo-check"
      })
  private static final class Check extends RecordCommand<DatasetConfig> {
    Check(Environment environment) {
      super(environment, DatasetConfig.class);
    }

    @Override
    public Integer call() throws IOException {
      DatasetConfig config = config();
      DatasetJob.Result result = new DatasetJob(config, context()).run();
      environment().out().print(new DatasetText(result.check()).of(config.size()));
      environment().out().println("written to " + result.folder());
      return result.check().isBad() ? ExitCode.FAILURE : ExitCode.OK;
    }
  }
}
