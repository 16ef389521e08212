package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.TextTable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.job.DeviceConfig;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;
import org.whisker.position.Attraction;
import org.whisker.position.Attraction.Without;
import org.whisker.position.Forecast;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun;
import org.whisker.position.LevelRun.Reached;
import org.whisker.position.PlaceEffects;
import org.whisker.table.Columns;
import org.whisker.torch.Classifiers;
import org.whisker.value.Text;

/** {@code whisker predict}: where a search will put black pixels, said before it runs. */
@Command(
    name = "predict",
    description = {
      "Predicts how near the edge the pixels of evolved images will lie, without evolving any on"
          + " the network. It scores single black pixels on white and beside a few others, fits"
          + " functions to that, and runs the question's search on those.",
      "Writes forecast.csv: for each level (1, 2 and 4 logits gained, p(target) \u00bd and 0.96, the"
          + " end), E with a 95 %% interval, the side, and the share of runs that get there."
          + " --observe then runs the search on the network itself and writes levels.csv."
          + " --attraction writes attraction.csv."
    },
    footer = {
      "",
      "E is the mean edge rank of the black pixels: 0 at the border, 1 in the middle, \u00bd at",
      "random. The interval is of the mean of six runs on the network.",
      "",
      "Examples:",
      "  whisker predict vgg16-mini",
      "  whisker predict squeezenet@100 squeezenet@500 --out classes",
      "  whisker predict vgg16-mini --observe 6",
      "  whisker predict vgg16-mini --attraction"
    })
public final class PredictCommand extends RecordCommand<PredictCommand.Asked> {
  private static final int BATCH = 100;

  /** What is predicted, as it is typed. */
  record Asked(
      @Option(
              label = "MODEL",
              needed = true,
              candidates = Option.MODELS,
              help =
                  "Classifiers: names of folders in models/, each with @CLASS for another class.")
          List<String> models,
      @Option(
              names = "--runs",
              label = "N",
              defaultValue = "12",
              min = 2,
              help = "Runs of the search on fitted functions.")
          int runs,
      @Option(
              names = "--generations",
              label = "N",
              defaultValue = "3000",
              min = 1,
              help = SharedOptions.GENERATIONS)
          int generations,
      @Option(
              names = "--places",
              label = "N",
              defaultValue = "4096",
              min = 25,
              help = "Try a single black pixel at most at so many places, one in each square.")
          int places,
      @Option(
              names = "--observe",
              label = "N",
              defaultValue = "0",
              min = 0,
              help = {
                "Then run the search N times on the network, and N times as the rolled control:"
                    + " images are shifted cyclically by offsets of each run's own."
              })
          int observe,
      @Option(
              names = "--attraction",
              help = {
                "Then tell attraction from repulsion: search again without the help of the places"
                    + " where pixels go, without the cost of those opposite, without both, and"
                    + " without both at other places. On fits, and with --observe on the network."
              })
          boolean attraction,
      @Seed long seed,
      DeviceConfig running) {
    Asked {
      models = List.copyOf(models);
      Options.check(
          Asked.class, models, runs, generations, places, observe, attraction, seed, running);
    }
  }

  public PredictCommand(Environment environment) {
    super(environment, Asked.class, Extra.OUT);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    Path folder = out().folder(environment(), "predict");
    List<Expected> expected = new ArrayList<>();
    List<Reached> reached = new ArrayList<>();
    List<Without> without = new ArrayList<>();
    for (String model : asked.models()) {
      try (DifferentiableClassifier network =
          Classifiers.openAny(
              Models.open(new ModelStore(environment().home().models()), model),
              asked.running().settings(BATCH))) {
        PlaceEffects effects = effects(asked, network);
        expected.addAll(predicted(asked, model, effects, network));
        Expected.TABLE.write(folder.resolve(Expected.FILE), expected);
        if (asked.observe() > 0) {
          reached.addAll(observed(asked, model, network));
          Reached.TABLE.write(folder.resolve(Reached.FILE), reached);
        }
        if (asked.attraction()) {
          without.addAll(attraction(asked, model, effects, network));
          Without.TABLE.write(folder.resolve(Without.FILE), without);
        }
      }
    }
    environment().out().print(text(expected));
    if (asked.attraction()) {
      environment().out().print("\n" + withoutText(without));
    }
    environment().out().println("written to " + folder);
    return ExitCode.OK;
  }

  private static EvolutionOptions search(Asked asked) {
    return EvolutionOptions.question().withGenerations(asked.generations());
  }

  private PlaceEffects effects(Asked asked, DifferentiableClassifier network) {
    PlaceEffects.Design design = new PlaceEffects.Design(asked.places(), 6, 12);
    try (Progress progress = context().progress("trying pixels", design.tried(network.canvas()))) {
      return PlaceEffects.of(network, design, asked.seed(), progress::stepTo);
    }
  }

  private List<Without> attraction(
      Asked asked, String model, PlaceEffects effects, DifferentiableClassifier network) {
    int searches = Attraction.searches(asked.runs()) + Attraction.searches(asked.observe());
    try (Progress progress = context().progress("searching without parts", searches)) {
      List<Without> rows =
          new ArrayList<>(
              Attraction.ofFits(
                  effects, search(asked), model, asked.runs(), asked.seed(), progress::stepTo));
      if (asked.observe() > 0) {
        LogitSource source = LogitSource.of(network, BATCH);
        int before = Attraction.searches(asked.runs());
        rows.addAll(
            Attraction.ofNetwork(
                effects,
                source,
                search(asked),
                model,
                asked.observe(),
                asked.seed(),
                done -> progress.stepTo(before + done)));
      }
      return rows;
    }
  }

  private List<Expected> predicted(
      Asked asked, String model, PlaceEffects effects, DifferentiableClassifier network) {
    try (Progress progress = context().progress("searching on fits", asked.runs())) {
      return Forecast.of(
          effects,
          search(asked),
          network.canvas(),
          model,
          asked.runs(),
          asked.seed(),
          progress::stepTo);
    }
  }

  private List<Reached> observed(Asked asked, String model, DifferentiableClassifier network) {
    LogitSource source = LogitSource.of(network, BATCH);
    double white = network.logits(List.of(BlackPixels.none(network.canvas())))[0];
    List<Reached> rows = new ArrayList<>();
    try (Progress progress = context().progress("searching on the network", 2L * asked.observe())) {
      for (int run = 0; run < asked.observe(); run++) {
        long seed = asked.seed() + run;
        LogitSource rolled = LevelRun.rolled(source, network.canvas(), seed);
        rows.addAll(
            LevelRun.of(search(asked), network.canvas(), source, white, model, "network", seed));
        progress.stepTo(2 * run + 1);
        rows.addAll(
            LevelRun.of(search(asked), network.canvas(), rolled, white, model, "rolled", seed));
        progress.stepTo(2 * run + 2);
      }
    }
    return rows;
  }

  private static String text(List<Expected> rows) {
    return TextTable.of(
        Columns.of(Expected.class)
            .with("MODEL", Expected::model)
            .with("LEVEL", row -> row.level().label())
            .with("REACHED BY", row -> Text.of("%.0f %%", 100 * row.reach()))
            .with("E", row -> Text.number("%.2f", row.edgeIndex(), "-"))
            .with(
                "95 %",
                row ->
                    row.ciLow().isPresent()
                        ? Text.of("%.2f to %.2f", row.ciLow().orElse(0), row.ciHigh().orElse(1))
                        : "-")
            .with("SIDE", Expected::side)
            .with("PIXELS", row -> Text.number("%.0f", row.blackPixels(), "-"))
            .with("PILOT RULE", row -> Text.number("%.2f", row.pilotEdgeIndex(), "-")),
        rows);
  }

  private static String withoutText(List<Without> rows) {
    return TextTable.of(
        Columns.of(Without.class)
            .with("MODEL", Without::model)
            .with("SEARCHED", Without::searched)
            .with("LEVEL", row -> row.level().label())
            .with("REMOVED", row -> row.removed().label())
            .with("RUNS", row -> Integer.toString(row.runs()))
            .with("E", row -> Text.number("%.2f", row.edgeIndex(), "-"))
            .with("CHANGE", row -> Text.number("%+.2f", row.difference(), "-"))
            .with(
                "95 %",
                row ->
                    row.ciLow().isPresent()
                        ? Text.of("%+.2f to %+.2f", row.ciLow().orElse(0), row.ciHigh().orElse(0))
                        : "-"),
        rows);
  }
}
