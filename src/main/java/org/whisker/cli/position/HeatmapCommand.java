package org.whisker.cli.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.whisker.chart.PositionFiles;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.image.Canvas;
import org.whisker.position.BiasDecision;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeComparison;
import org.whisker.position.PixelContributions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Progress;
import org.whisker.study.input.BadInputs;
import org.whisker.study.input.HeatmapInputs;
import org.whisker.study.input.ImageSet;
import org.whisker.table.HeatmapFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whisker heatmap}: where the black pixels of evolved images lie. */
@Command(
    name = "heatmap",
    description = {
      "Maps where black pixels lie in sets of evolved images, and tests whether chance would put"
          + " them there: the edge index E (1/2 is chance, below it is nearer the edge) with"
          + " interval, p and verdict; maps of frequency, density and contribution; density by"
          + " edge rank, side, corner and residue. Several conditions are compared pairwise.",
      "",
      "The null distributions are simulated: 399 maps of random sets of the same sizes (199 above"
          + " 40,000 pixels), and toroidal shifts of each run (9,999, fewer where there are many"
          + " pixels).",
      "",
      "A table run,x,y cannot represent a run without black pixels: such runs are missing from it,"
          + " and from the count of white runs. If there may be any, give the images instead.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker heatmap analyses/evolve-vgg16-mini-20261125-101500",
      "  whisker heatmap run-zero run-reflect --out padding --bandwidth 4",
      "  whisker heatmap pixels.csv --canvas 128x128 pictures/ --skip-bad",
      "  whisker heatmap my-run --model vgg16-mini"
    })
public final class HeatmapCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;
  @Mixin private final HeatmapOptions options = new HeatmapOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public HeatmapCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    BadInputs bad = new BadInputs(options.skipBad());
    List<ImageSet> sets =
        new HeatmapInputs(options.canvas(), bad, options.model().isPresent())
            .read(options.sources());
    sets.forEach(set -> options.bandwidth(set.canvas()));
    HeatmapManifest manifest = new HeatmapManifest(environment.context(common), options);
    if (options.model().isPresent()) {
      sets = measured(options.model().get(), sets, manifest);
    }
    if (environment.interrupts().getAsBoolean()) {
      return ExitCode.OK;
    }
    List<String> labels = HeatmapInputs.labels(sets);
    List<String> folders = HeatmapInputs.folders(labels);
    manifest.inputs(sets, labels, folders, bad.leftOut());
    Path out =
        OutputFolder.create(
            options.out(), environment.home().analyses(), "heatmap", environment.clock());
    manifest.write(out, "running");
    List<ConditionMaps> conditions = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      ConditionMaps maps = maps(labels.get(i), sets.get(i), i);
      PositionFiles.write(out.resolve(folders.get(i)), maps);
      conditions.add(maps);
    }
    List<Optional<BiasDecision>> decisions = together(out, conditions);
    manifest.write(out, "done");
    new HeatmapReport(environment, common)
        .print(sets, conditions, decisions, bad.leftOut(), folders, out);
    return ExitCode.OK;
  }

  private ConditionMaps maps(String label, ImageSet set, int index) {
    return ConditionMaps.of(
        label,
        set.images(),
        set.allGenerations(),
        set.contributions(),
        options.bandwidth(set.canvas()),
        options.seed(),
        index);
  }

  private List<Optional<BiasDecision>> together(Path out, List<ConditionMaps> conditions)
      throws IOException {
    List<Optional<BiasDecision>> decisions = BiasDecision.of(conditions);
    HeatmapFiles.summary(out.resolve("summary.csv"), conditions, decisions);
    HeatmapFiles.edgeIndices(out.resolve("edge_index.png"), conditions);
    if (conditions.size() > 1) {
      HeatmapFiles.compare(
          out.resolve("compare.csv"), EdgeComparison.all(conditions, options.seed()));
      HeatmapFiles.densities(out.resolve("densities.png"), conditions);
    }
    return decisions;
  }

  /** The sets with what the classifier says of each pixel; as they were, when stopped. */
  private List<ImageSet> measured(String name, List<ImageSet> sets, HeatmapManifest manifest)
      throws IOException {
    TorchClassifier.Settings settings = running.settings(BATCH);
    StoredModel stored = Models.open(new ModelStore(environment.home().models()), name);
    Canvas takes = new Canvas(stored.card().input().width(), stored.card().input().height());
    for (ImageSet set : sets) {
      if (!set.canvas().equals(takes)) {
        throw new InvalidRequestException(
            "--model %s takes %s images, those of %s are %s; leave --model out, or name another"
                .formatted(name, takes, set.source(), set.canvas()));
      }
    }
    manifest.model(stored.card(), settings);
    List<ImageSet> measured = new ArrayList<>();
    var stopped = environment.interrupts().listen();
    try (Classifier classifier = Classifiers.openAny(stored, settings)) {
      for (ImageSet set : sets) {
        long pictures = set.images().stream().mapToLong(image -> image.count() + 1L).sum();
        String task = "pixels of " + ImageSet.lastName(set.source());
        try (Progress progress = ConsoleProgress.start(environment, common, task, pictures)) {
          Optional<List<PixelContributions>> contributions =
              PixelContributions.measure(
                  classifier, set.images(), set.tones(), BATCH, progress::stepTo, stopped);
          measured.add(contributions.isPresent() ? set.with(contributions.get()) : set);
        }
      }
    }
    return measured;
  }
}
