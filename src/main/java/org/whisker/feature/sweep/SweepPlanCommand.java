package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.explain.ModelPace;
import org.whisker.feature.sweep.Numerics.NumericsProcess;
import org.whisker.feature.sweep.SweepPlanner.CommandLines;
import org.whisker.feature.sweep.SweepPlanner.Pace;
import org.whisker.feature.sweep.SweepSpec.SpecFile;
import org.whisker.feature.train.TrainCommand;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainingPace;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.job.JobContext;
import org.whisker.job.Workers;
import org.whisker.option.Option;
import org.whisker.torch.TorchDevice;

/** {@code whisker sweep plan}: from a spec to a list of tasks. */
@Command(
    name = "plan",
    description = {
      "Makes the tasks of a spec, a YAML or JSON file of models, seeds, and commands with options"
          + " that vary.",
      "Writes tasks.jsonl (a task a line, with its key, longest first by what models score here),"
          + " groups.jsonl (the configurations) and manifest.json."
    },
    footer = {
      "",
      "A spec:",
      "  models: [vgg16-mini, inception-resnet-v2-mini]",
      "  seeds: {first: 1, count: 20}",
      "  numerics: portable            # or native, the default",
      "  tasks:",
      "    - command: ablate",
      "      experiments: [padding, founders]",
      "      options: {preset: question, max-evaluations: 100000}",
      "    - command: evolve           # all combinations",
      "      options: {crossover: [columns, rectangle], crossover-probability: [0.5, 0.8]}",
      "    - command: evolve           # 100 combinations at random",
      "      draw: {count: 100, seed: 1}",
      "      options: {lambda: {from: 0.001, to: 0.1, scale: log}}",
      "    - command: train            # a network each seed",
      "      seeds: {count: 8}",
      "      options: {arch: vgg16, data: photos, padding: [zero, reflect]}",
      "",
      "Options are those of evolve, ablate and train, without dashes; a range in a grid has",
      "steps. Photos for train are a folder with train/, val/ and test/ that all nodes have.",
      "",
      "Examples:",
      "  whisker sweep plan analyses/specs/question.yaml --dry-run",
      "  whisker sweep plan analyses/specs/question.yaml --out question"
    })
@HelpOrder("--dry-run --numerics --out --quiet --verbose")
final class SweepPlanCommand extends RecordCommand<SweepPlanCommand.Asked> {
  record Asked(
      @Option(label = "SPEC", help = "The spec, a YAML or JSON file.") Path file,
      @Option(
              names = "--dry-run",
              help = "Write nothing; say how many tasks there are, and how long they take.")
          boolean dryRun,
      @Option(
              names = "--numerics",
              label = "KIND",
              help = {
                "native, or portable: float32 on one thread with AVX2, so that nodes of different"
                    + " processors come to the same bits. Part of each key. Default: that of the spec."
              })
          Optional<String> numerics) {}

  SweepPlanCommand(Environment environment) {
    super(environment, Asked.class, Extra.OUT, Extra.JSON);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    SweepSpec sweep = SpecFile.read(asked.file());
    Numerics how = SweepPlanner.numerics(sweep, asked.numerics());
    OptionalInt elsewhere = NumericsProcess.of(how, environment()).instead(line());
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    JobContext context = context();
    SweepPlan plan =
        new SweepPlanner(context, new Lines(environment()), new Paces(environment().clock()))
            .plan(sweep, how);
    plan.skipped().forEach(context::note);
    if (!json()) {
      environment().out().print(SweepText.of(plan));
    }
    Optional<Path> written =
        asked.dryRun()
            ? Optional.empty()
            : Optional.of(plan.write(out().asked(), arguments(), context).path());
    if (json()) {
      Document document = SweepText.document(plan);
      written.ifPresent(folder -> document.value("folder", folder));
      document.print(environment().out());
    } else {
      written.ifPresent(folder -> environment().out().println("written to " + folder));
    }
    return ExitCode.OK;
  }

  private record Lines(Environment environment) implements CommandLines {
    @Override
    public EvolveConfig evolve(List<String> arguments) throws IOException {
      return EvolveCommand.config(arguments, environment());
    }

    @Override
    public AblateConfig ablate(List<String> arguments) {
      return AblateCommand.config(arguments, environment());
    }

    @Override
    public TrainConfig train(List<String> arguments) throws IOException {
      return TrainCommand.config(arguments, environment());
    }
  }

  /** How fast each model is here, measured once, and each network that is trained. */
  private static final class Paces implements Pace {
    /** Seconds of a measurement, enough for the order of magnitude. */
    private static final double SECONDS = 0.2;

    private final Map<String, ModelPace> paces = new HashMap<>();
    private final Map<List<Object>, Double> trainings = new HashMap<>();
    private final Clock clock;

    Paces(Clock clock) {
      this.clock = clock;
    }

    @Override
    public double seconds(StoredAblatedModel model, double images, int call) {
      return paces
          .computeIfAbsent(
              model.stored().card().weights().sha256(),
              sha256 -> new ModelPace(model, Workers.single(), SECONDS))
          .seconds(images, call);
    }

    @Override
    public double training(TrainingRecipe recipe, TorchDevice device) throws IOException {
      List<Object> what =
          List.of(
              recipe.architecture(),
              recipe.input(),
              recipe.padding(),
              recipe.options().batch(),
              recipe.precision());
      Double known = trainings.get(what);
      if (known == null) {
        known = TrainingPace.seconds(recipe, device, clock);
        trainings.put(what, known);
      }
      return known;
    }
  }
}
