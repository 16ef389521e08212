package org.whisker.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Function;
import org.whisker.cli.ablate.AblateCommand;
import org.whisker.cli.ablate.PopulationCommand;
import org.whisker.cli.ablate.SelfcheckCommand;
import org.whisker.cli.boundary.BoundaryCommand;
import org.whisker.cli.evolve.EvolveCommand;
import org.whisker.cli.explain.CompareCommand;
import org.whisker.cli.explain.ExplainCommand;
import org.whisker.cli.explain.ReportCommand;
import org.whisker.cli.models.BenchCommand;
import org.whisker.cli.models.DoctorCommand;
import org.whisker.cli.models.ModelsCommand;
import org.whisker.cli.models.NetworkCommand;
import org.whisker.cli.models.ScoreCommand;
import org.whisker.cli.play.PlayCommand;
import org.whisker.cli.position.HeatmapCommand;
import org.whisker.cli.position.ProbeCommand;
import org.whisker.cli.saliency.SaliencyCommand;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.Errors;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.sweep.SweepCommand;
import org.whisker.cli.train.DatasetCommand;
import org.whisker.cli.train.EvaluateCommand;
import org.whisker.cli.train.TrainCommand;
import org.whisker.torch.NativeCache;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where whisker begins. */
public final class Main {
  /**
   * The commands, in the order in which {@code --help} lists them: each a class with picocli's
   * {@link Command} that takes the environment and returns an exit code.
   */
  private static final List<Function<Environment, Object>> COMMANDS =
      List.of(
          ExplainCommand::new,
          CompareCommand::new,
          ReportCommand::new,
          EvolveCommand::new,
          HeatmapCommand::new,
          ScoreCommand::new,
          PlayCommand::new,
          EvaluateCommand::new,
          AblateCommand::new,
          PopulationCommand::new,
          SweepCommand::new,
          ProbeCommand::new,
          SaliencyCommand::new,
          BoundaryCommand::new,
          SelfcheckCommand::new,
          ModelsCommand::new,
          NetworkCommand::new,
          DatasetCommand::new,
          TrainCommand::new,
          BenchCommand::new,
          DoctorCommand::new,
          CiteCommand::new);

  private Main() {}

  public static void main(String[] args) {
    Environment environment = Environment.system();
    NativeCache.fallback(environment.home().cache().resolve("natives"));
    System.exit(run(args, environment));
  }

  public static int run(String[] args, Environment environment) {
    return run(args, environment, COMMANDS);
  }

  /**
   * Runs one command line.
   *
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(
      String[] args, Environment environment, List<Function<Environment, Object>> commands) {
    try {
      int exitCode = commandLine(environment, commands).execute(args);
      boolean stopped = exitCode == ExitCode.OK && environment.interrupts().getAsBoolean();
      return written(stopped ? ExitCode.INTERRUPTED : exitCode, environment);
    } catch (Exception | Error e) {
      return report(e, args, environment.err());
    } finally {
      environment.out().flush();
    }
  }

  /** A result that nobody got is a failure: a full disk, or a pipe whose reader is gone. */
  private static int written(int exitCode, Environment environment) {
    if (!environment.out().checkError() || exitCode != ExitCode.OK) {
      return exitCode;
    }
    environment
        .err()
        .println("whisker: standard output could not be written; give it space, or a reader");
    return ExitCode.FAILURE;
  }

  /** All commands, for who wants to parse a line and not run it. */
  static CommandLine parser(Environment environment) {
    return commandLine(environment, COMMANDS);
  }

  private static CommandLine commandLine(
      Environment environment, List<Function<Environment, Object>> commands) {
    CommandLine root = new CommandLine(new RootCommand());
    commands.forEach(command -> root.addSubcommand(command.apply(environment)));
    return root.setOut(writer(environment.out()))
        .setErr(writer(environment.err()))
        .setParameterExceptionHandler((e, args) -> report(e, args, environment.err()))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                report(e, parsed.originalArgs().toArray(String[]::new), environment.err()));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
  }

  private static int report(Throwable thrown, String[] args, PrintStream err) {
    Errors error = Errors.of(thrown);
    err.println("whisker: " + error.line());
    if (List.of(args).contains(CommonOptions.VERBOSE)) {
      thrown.printStackTrace(err);
    }
    return error.exitCode();
  }
}
