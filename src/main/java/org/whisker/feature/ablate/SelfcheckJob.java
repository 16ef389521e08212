package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.whisker.ablation.Controls;
import org.whisker.ablation.Controls.Control;
import org.whisker.ablation.result.ControlRow;
import org.whisker.ablation.result.ControlRow.ControlRunRow;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.feature.ablate.SelfcheckConfig.MatrixConfig;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.parallel.Crew;
import org.whisker.planted.PlantedModel;
import org.whisker.selfcheck.PlantedMatrix;
import org.whisker.selfcheck.PlantedMatrix.MatrixCell;
import org.whisker.selfcheck.PlantedMatrix.MatrixRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Tests the whole chain from evolution to the verdict where the answer is known, see {@link
 * Controls} and {@link org.whisker.selfcheck.PlantedMatrix}. Its folder gets {@code controls.csv},
 * a row a control, {@code runs.csv}, {@code matrix.csv}, a row a hypothesis and plant, and {@code
 * manifest.json}.
 */
public final class SelfcheckJob extends ResumableJob<SelfcheckConfig, SelfcheckResult> {
  static final String COMMAND = "selfcheck";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "device",
          "precision",
          "seed",
          "canvas",
          "strength",
          "runs",
          "evolution",
          "plants",
          "hypotheses",
          "matrix_runs",
          "matrix_evaluations",
          "permuted_runs",
          "permuted_generations");

  private static final Canvas CANVAS = Canvas.square(32);
  // Weak enough that some twenty pixels are needed: their mean u then varies little.
  private static final double STRENGTH = 0.3;
  private static final int BATCH = 100;

  public SelfcheckJob(JobContext context) {
    super(context, COMMAND, SelfcheckConfig.class);
  }

  /** A control that is to be run. */
  private record Planned(
      String name, Controls.Options options, Function<Controls, Control> control) {}

  @Override
  public SelfcheckResult run(SelfcheckConfig config, JobFolder.Place place) throws IOException {
    place.check();
    TorchClassifier.Settings settings = config.on().settings(BATCH);
    Optional<StoredModel> stored = Optional.empty();
    if (config.model().isPresent()) {
      stored =
          Optional.of(Models.open(new ModelStore(context.home().models()), config.model().get()));
    }
    Optional<StoredModel> model = stored;
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(),
            COMMAND,
            manifest(config, stored, settings),
            config,
            DECISIVE);
    return JobFolder.hold(context, place, job, folder -> check(config, model, settings, folder));
  }

  /** All controls; where they are stopped, the tables have those before. */
  private SelfcheckResult check(
      SelfcheckConfig config,
      Optional<StoredModel> stored,
      TorchClassifier.Settings settings,
      JobFolder job)
      throws IOException {
    return job.attempt(
        held -> {
          List<Control> controls = new ArrayList<>();
          List<MatrixCell> cells = new ArrayList<>();
          boolean done = checked(config, stored, settings, controls, cells);
          write(held.folder(), controls, cells);
          context.listener().tablesWritten(held.folder());
          List<SelfcheckResult.Check> checks =
              controls.stream().map(SelfcheckResult.Check::of).toList();
          return new SelfcheckResult(held.folder(), done, checks, cells);
        },
        SelfcheckResult::done);
  }

  private boolean checked(
      SelfcheckConfig config,
      Optional<StoredModel> stored,
      TorchClassifier.Settings settings,
      List<Control> controls,
      List<MatrixCell> cells)
      throws IOException {
    try {
      BooleanSupplier stopped = context.stop().listen();
      run(config, stored, settings, controls, stopped);
      new SelfcheckMatrix(context, config.matrix(), config.seed()).run(stopped, cells);
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private static void write(Path folder, List<Control> controls, List<MatrixCell> cells)
      throws IOException {
    ControlRow.TABLE.writeIn(folder, ControlRow.of(controls));
    ControlRunRow.TABLE.writeIn(folder, ControlRunRow.of(controls));
    if (!cells.isEmpty()) {
      MatrixRow.TABLE.writeIn(folder, MatrixRow.of(cells));
    }
  }

  private void run(
      SelfcheckConfig config,
      Optional<StoredModel> stored,
      TorchClassifier.Settings settings,
      List<Control> controls,
      BooleanSupplier stopped)
      throws IOException {
    for (Planned planned : withoutModel(config.planted())) {
      controls.add(control(planned, stopped));
    }
    if (stored.isPresent()) {
      try (DifferentiableClassifier classifier = Classifiers.openAny(stored.get(), settings)) {
        controls.add(
            control(
                new Planned("permuted", config.permuted(), c -> c.permuted(classifier, BATCH)),
                stopped));
      }
    }
  }

  private static List<Planned> withoutModel(Controls.Options options) {
    return List.of(
        new Planned("edge", options, c -> c.edge(CANVAS, STRENGTH)),
        new Planned("centre", options, c -> c.centre(CANVAS, STRENGTH)),
        new Planned("flat", options, c -> c.flat(CANVAS)));
  }

  private Control control(Planned planned, BooleanSupplier stopped) {
    try (Progress progress =
        context.progress("control " + planned.name(), planned.options().runs())) {
      Controls.Listener listener = (control, done, result) -> progress.stepTo(done);
      return planned.control().apply(new Controls(planned.options(), listener, stopped));
    }
  }

  private Map<String, Object> manifest(
      SelfcheckConfig config, Optional<StoredModel> stored, TorchClassifier.Settings settings) {
    Controls.Options planted = config.planted();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", COMMAND);
    manifest.put("created", context.clock().instant().toString());
    Provenance.asked(manifest, context.asked());
    stored.ifPresent(
        model -> manifest.putAll(Provenance.manifest(COMMAND, context, model.card(), settings)));
    manifest.put("seed", config.seed());
    manifest.put("canvas", CANVAS.toString());
    manifest.put("strength", STRENGTH);
    manifest.put("equivalence_margin", planted.margin());
    manifest.put("alpha", planted.alpha());
    manifest.put("runs", planted.runs());
    manifest.put("evolution", EvolutionEntries.of(Optional.of("quick"), planted.evolution()));
    manifest.put("plants", config.matrix().plants());
    manifest.put("hypotheses", config.matrix().hypotheses());
    manifest.put("matrix_runs", config.matrix().runs());
    manifest.put("matrix_evaluations", config.matrix().evaluations());
    if (stored.isPresent()) {
      manifest.put("permuted_runs", config.permutedRuns());
      manifest.put("permuted_generations", config.permutedGenerations());
    }
    return manifest;
  }

  /** Runs the matrix of planted classifiers, a row a thread. */
  record SelfcheckMatrix(JobContext context, MatrixConfig config, long seed) {
    /**
     * All cells, row by row.
     *
     * @param cells gets the rows that are done, in their order, also when it is stopped
     * @throws CancellationException when stopped
     */
    void run(BooleanSupplier stopped, List<MatrixCell> cells) {
      List<PlantedModel> plants = config.planted();
      if (plants.isEmpty()) {
        return;
      }
      Map<Integer, List<MatrixCell>> rows = new ConcurrentSkipListMap<>();
      try (Progress progress = context.progress("searching on planted classifiers", runs(plants))) {
        PlantedMatrix matrix = matrix(new SharedSteps(progress)::onRun, stopped);
        matrix.shared(plants.get(0));
        List<Crew.Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < plants.size(); i++) {
          int row = i;
          tasks.add(
              ended -> {
                rows.put(row, matrix.row(plants.get(row), ended));
                return true;
              });
        }
        int threads = Math.min(plants.size(), Runtime.getRuntime().availableProcessors());
        Crew.runAll(threads, tasks, RuntimeException.class);
      } finally {
        rows.values().forEach(cells::addAll);
      }
    }

    private PlantedMatrix matrix(PlantedMatrix.Progress progress, BooleanSupplier stopped) {
      return new PlantedMatrix(
          config.trial(seed), Set.copyOf(config.hypotheses()), progress, stopped);
    }

    /** Steps of several threads, one after the other. */
    private static final class SharedSteps {
      private final Progress progress;
      private long done;

      SharedSteps(Progress progress) {
        this.progress = progress;
      }

      synchronized void onRun(String plant) {
        progress.stepTo(++done);
      }
    }

    private long runs(List<PlantedModel> plants) {
      PlantedMatrix matrix = matrix(plant -> {}, () -> false);
      Set<Object> runs = new HashSet<>();
      plants.forEach(plant -> runs.addAll(matrix.pending(plant)));
      return runs.size();
    }
  }
}
