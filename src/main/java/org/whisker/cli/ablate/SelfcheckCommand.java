package org.whisker.cli.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Control;
import org.whisker.ablation.Controls;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RunOptions;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.TextTable;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.evolve.EvolutionManifest;
import org.whisker.table.experiment.ControlRow;
import org.whisker.table.experiment.ControlRunRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker selfcheck}: controls whose answer is known beforehand. */
@Command(
    name = "selfcheck",
    description = {
      "Tests whisker's own pipeline, from evolution to the verdict, where the answer is known.",
      "edge, centre: a planted preference must be found, with the right sign and size.",
      "flat: without any preference, E must be shown to be within 0.05 of 0.5.",
      "permuted (with --model): the same for a classifier whose input pixels are shuffled; takes a"
          + " few minutes.",
      "Exit code 1 when a control fails."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker selfcheck",
      "  whisker selfcheck --model vgg16-mini --seed 7"
    })
public final class SelfcheckCommand implements Callable<Integer> {
  private static final Canvas CANVAS = Canvas.square(32);
  // Weak enough that some twenty pixels are needed: their mean u then varies little.
  private static final double STRENGTH = 0.3;
  private static final int RUNS = 20;
  private static final int GENERATIONS = 150;
  private static final int BATCH = 100;

  private final Environment environment;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Also run the permuted control with this classifier: a name in models/, or a path.")
  private @Nullable String model;

  @Option(
      names = "--permuted-runs",
      paramLabel = "N",
      defaultValue = "160",
      description = {
        "Runs of the permuted control. Its images have only one to four black pixels,"
            + " so E varies widely. Default: 160."
      })
  private int permutedRuns = 160;

  @Option(
      names = "--permuted-generations",
      paramLabel = "N",
      defaultValue = "30",
      description = "Generations of each of these runs. Default: 30.")
  private int permutedGenerations = 30;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public SelfcheckCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Controls.Options small =
        InvalidRequestException.check(
            () -> Controls.Options.quick(run.runs(RUNS), run.generations(GENERATIONS), run.seed()));
    Controls.Options large =
        InvalidRequestException.check(
            () -> Controls.Options.quick(permutedRuns, permutedGenerations, run.seed()));
    TorchClassifier.Settings settings = running.settings(BATCH);
    @Nullable StoredModel stored =
        model == null ? null : Models.open(new ModelStore(environment.home().models()), model);
    Path folder =
        OutputFolder.create(
            run.out(), environment.home().analyses(), "selfcheck", environment.clock());
    List<Control> controls = new ArrayList<>();
    String status = "done";
    try {
      controls.add(control("edge", small, c -> c.edge(CANVAS, STRENGTH)));
      controls.add(control("centre", small, c -> c.centre(CANVAS, STRENGTH)));
      controls.add(control("flat", small, c -> c.flat(CANVAS)));
      if (stored != null) {
        try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
          controls.add(control("permuted", large, c -> c.permuted(classifier, BATCH)));
        }
      }
    } catch (CancellationException e) {
      status = "stopped";
    }
    return finish(folder, controls, manifest(small, large, stored, settings), status);
  }

  private Control control(
      String name, Controls.Options options, Function<Controls, Control> which) {
    BooleanSupplier stopped = environment.interrupts().listen();
    try (Progress progress = ConsoleProgress.start(environment, common, name, options.runs())) {
      Controls.Listener listener = (control, done, result) -> progress.stepTo(done);
      return which.apply(new Controls(options, listener, stopped));
    }
  }

  private int finish(
      Path folder, List<Control> controls, Map<String, Object> manifest, String status)
      throws IOException {
    ControlRow.TABLE.write(folder.resolve(ControlRow.FILE), ControlRow.of(controls));
    ControlRunRow.TABLE.write(folder.resolve(ControlRunRow.FILE), ControlRunRow.of(controls));
    manifest.put("status", status);
    JsonFile.write(folder.resolve("manifest.json"), manifest);
    environment.out().print(text(controls));
    long failed = controls.stream().filter(control -> !control.passed()).count();
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%d of %d controls hold; written to %s%n",
            controls.size() - failed,
            controls.size(),
            folder);
    return failed == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static String text(List<Control> controls) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CONTROL",
            "EXPECTED E",
            "E (95 %)",
            "P(E = ½)",
            "P(AS EXPECTED)",
            "RUNS",
            "SEEDS",
            ""));
    for (Control c : controls) {
      int runs = c.edgeIndices().size() + c.whiteRuns();
      rows.add(
          List.of(
              c.name(),
              format("%.3f ±%.2f", c.expected(), c.equivalence().margin()),
              format("%.3f (%.3f to %.3f)", c.mean(), c.interval().low(), c.interval().high()),
              format("%.4f", c.p()),
              format("%.4f", c.equivalence().p()),
              c.whiteRuns() == 0
                  ? format("%d", runs)
                  : format("%d (%d white)", runs, c.whiteRuns()),
              format("%d-%d", c.firstSeed(), c.firstSeed() + runs - 1),
              verdict(c)));
    }
    return TextTable.of(rows);
  }

  private static String verdict(Control control) {
    OptionalLong needed = control.runsNeeded();
    boolean few = needed.isPresent() && needed.getAsLong() > control.edgeIndices().size();
    return control.passed()
        ? "pass"
        : few ? format("FAIL, or too few runs: try %d", needed.getAsLong()) : "FAIL";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private Map<String, Object> manifest(
      Controls.Options small,
      Controls.Options large,
      @Nullable StoredModel stored,
      TorchClassifier.Settings settings) {
    Map<String, Object> manifest =
        stored == null
            ? new LinkedHashMap<>(
                Map.of("command", "selfcheck", "created", environment.clock().instant().toString()))
            : Provenance.manifest(
                "selfcheck", environment.context(common), stored.card(), settings);
    manifest.put("seed", run.seed());
    manifest.put("canvas", CANVAS.toString());
    manifest.put("strength", STRENGTH);
    manifest.put("equivalence_margin", small.margin());
    manifest.put("alpha", small.alpha());
    manifest.put("runs", small.runs());
    manifest.put("evolution", EvolutionManifest.of(Optional.of("quick"), small.evolution()));
    if (stored != null) {
      manifest.put("permuted_runs", large.runs());
      manifest.put("permuted_generations", permutedGenerations);
    }
    return manifest;
  }
}
