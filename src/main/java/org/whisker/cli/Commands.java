package org.whisker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.whisker.cli.RootCommand.CiteCommand;
import org.whisker.cli.RootCommand.CompletionCommand;
import org.whisker.command.Command;
import org.whisker.command.CommandMaker;
import org.whisker.command.Environment;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.boundary.BoundaryCommand;
import org.whisker.feature.diagnose.DiagnoseCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.explain.CompareCommand;
import org.whisker.feature.explain.ExplainCommand;
import org.whisker.feature.league.LeagueCommand;
import org.whisker.feature.models.BenchCommand;
import org.whisker.feature.models.DoctorCommand;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.feature.models.NetworkCommand;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.feature.play.PlayCommand;
import org.whisker.feature.position.HeatmapCommand;
import org.whisker.feature.position.PredictCommand;
import org.whisker.feature.position.ProbeCommand;
import org.whisker.feature.report.ChartsCommand;
import org.whisker.feature.report.ReportCommand;
import org.whisker.feature.saliency.SaliencyCommand;
import org.whisker.feature.sweep.SweepCommand;
import org.whisker.feature.train.DatasetCommand;
import org.whisker.feature.train.EvaluateCommand;
import org.whisker.feature.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, of which a command line mostly needs one: only that is taken apart. */
final class Commands {
  /** A class with a {@link Command}, or picocli's own, which takes the environment. */
  private record Entry(Class<?> type, Function<Environment, Object> make) {
    String name() {
      Command said = type.getAnnotation(Command.class);
      return said == null ? own().name() : said.name();
    }

    String[] description() {
      Command said = type.getAnnotation(Command.class);
      return said == null ? own().description() : said.description();
    }

    private CommandLine.Command own() {
      return Objects.requireNonNull(type.getAnnotation(CommandLine.Command.class));
    }
  }

  /** The commands in the order in which {@code --help} lists them. */
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(ExplainCommand.class, ExplainCommand::new),
          new Entry(CompareCommand.class, CompareCommand::new),
          new Entry(ReportCommand.class, ReportCommand::new),
          new Entry(ChartsCommand.class, ChartsCommand::new),
          new Entry(EvolveCommand.class, EvolveCommand::new),
          new Entry(HeatmapCommand.class, HeatmapCommand::new),
          new Entry(ScoreCommand.class, ScoreCommand::new),
          new Entry(PlayCommand.class, PlayCommand::new),
          new Entry(EvaluateCommand.class, EvaluateCommand::new),
          new Entry(AblateCommand.class, AblateCommand::new),
          new Entry(LeagueCommand.class, LeagueCommand::new),
          new Entry(SweepCommand.class, SweepCommand::new),
          new Entry(ProbeCommand.class, ProbeCommand::new),
          new Entry(PredictCommand.class, PredictCommand::new),
          new Entry(SaliencyCommand.class, SaliencyCommand::new),
          new Entry(BoundaryCommand.class, BoundaryCommand::new),
          new Entry(DiagnoseCommand.class, DiagnoseCommand::new),
          new Entry(ModelsCommand.class, ModelsCommand::new),
          new Entry(NetworkCommand.class, NetworkCommand::new),
          new Entry(DatasetCommand.class, DatasetCommand::new),
          new Entry(TrainCommand.class, TrainCommand::new),
          new Entry(BenchCommand.class, BenchCommand::new),
          new Entry(DoctorCommand.class, DoctorCommand::new),
          new Entry(CompletionCommand.class, CompletionCommand::new),
          new Entry(CiteCommand.class, CiteCommand::new));

  private static final Set<String> ROOT_ALONE = Set.of("-h", "--help", "-V", "--version");

  private Commands() {}

  /** Whisker's own commands, then those that stand outside it. */
  private static List<Entry> entries() {
    List<Entry> all = new ArrayList<>(ENTRIES);
    for (CommandMaker other : ServiceLoader.load(CommandMaker.class)) {
      Entry entry = new Entry(other.type(), other::make);
      if (all.stream().anyMatch(own -> own.name().equals(entry.name()))) {
        throw new IllegalStateException("two commands are called " + entry.name());
      }
      all.add(entry);
    }
    return all;
  }

  static CommandLine all(Environment environment) {
    CommandLine root = new CommandLine(new RootCommand());
    entries().forEach(entry -> root.addSubcommand(entry.make().apply(environment)));
    return root;
  }

  /**
   * A parser for this line: the command that it names, with all its options, beside the others'
   * names and descriptions. To take all of them apart would cost more than most commands' help
   * does.
   */
  static CommandLine line(Environment environment, String[] args) {
    String first = args.length == 0 ? "--help" : args[0];
    List<Entry> entries = entries();
    boolean named = entries.stream().anyMatch(entry -> entry.name().equals(first));
    if (!named && !ROOT_ALONE.contains(first)) {
      return all(environment); // an unknown word, or @file, which may hold a command
    }
    CommandLine root = new CommandLine(new RootCommand());
    for (Entry entry : entries) {
      if (entry.name().equals(first)) {
        root.addSubcommand(entry.make().apply(environment));
      } else {
        root.addSubcommand(entry.name(), shown(entry));
      }
    }
    return root;
  }

  private static CommandSpec shown(Entry entry) {
    CommandSpec spec = CommandSpec.create().name(entry.name());
    spec.usageMessage().description(entry.description());
    return spec;
  }
}
