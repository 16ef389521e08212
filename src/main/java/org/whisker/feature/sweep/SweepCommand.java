package org.whisker.feature.sweep;

import java.util.List;
import java.util.function.Function;
import org.whisker.command.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code whisker sweep}: many runs, on one machine or many. */
@Command(
    name = "sweep",
    description = {
      "Runs of evolve and ablate by the thousand, on one machine or on many that"
          + " share a folder. plan makes a list of tasks, and any number of workers do"
          + " them. collect makes the tables that evolve and ablate would have made, byte"
          + " for byte."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
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
public final class SweepCommand implements Runnable {
  private static final List<Function<Environment, Object>> SUBCOMMANDS =
      List.of(
          SweepPlanCommand::new,
          SweepWorkCommand::new,
          SweepRunCommand::new,
          SweepStatusCommand::new,
          SweepCollectCommand::new,
          SweepEmitCommand::new);

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  public SweepCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    for (Function<Environment, Object> command : SUBCOMMANDS) {
      CommandLine line = new CommandLine(command.apply(environment));
      spec.addSubcommand(line.getCommandName(), line);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: plan, work, run, status, collect or emit");
  }
}
