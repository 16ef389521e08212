package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.ModelVariant;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Sha256;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.PlannedProgress;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.image.Canvas;
import org.whisker.job.ConfigJson;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.position.Forecast;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun.Level;
import org.whisker.position.PlaceEffects;
import org.whisker.value.Text;

/**
 * Where the search of a report will put pixels, said before it runs: {@value Expected#FILE} in the
 * folder of each model.
 *
 * @param search that of the report
 * @param cache where forecasts are kept, by whisker's version and by all that they depend on;
 *     empty: each is made anew
 */
record Foretelling(JobContext context, EvolutionOptions search, long seed, Optional<Path> cache) {
  /** What a plan calls it. */
  static final String FORECAST = "forecast";

  /** Places fewer than {@code predict} tries: a report tries each pixel later. */
  static final PlaceEffects.Design DESIGN = new PlaceEffects.Design(1024, 6, 12);

  private static final int RUNS = 12;

  /** By measurement, of the searches on fits. */
  private static final double SEARCH_SECONDS = 30;

  private static final double HALF = 0.5;

  /**
   * Forecasts a model, unless its folder has that.
   *
   * @param progress is told how far it is
   */
  void write(StoredAblatedModel model, Path folder, PlannedProgress progress) throws IOException {
    Path own = folder.resolve(model.name());
    if (Files.exists(own.resolve(Expected.FILE))) {
      return;
    }
    Files.createDirectories(own);
    List<Expected> expected = known(model, progress);
    Expected.TABLE.writeIn(own, expected);
    progress.close(); // a note has a line of its own
    sentence(expected).ifPresent(text -> context.note(model.name() + ": " + text));
  }

  /** Whether the folder or the cache has that of a model. */
  boolean isThere(StoredAblatedModel model, Path folder) {
    return Files.exists(folder.resolve(model.name()).resolve(Expected.FILE)) || isKept(model);
  }

  boolean isKept(StoredAblatedModel model) {
    return cache.filter(at -> Files.exists(kept(at, model))).isPresent();
  }

  /**
   * What a forecast takes.
   *
   * @param rate images of the model a second
   */
  static double seconds(Canvas canvas, double rate) {
    return SEARCH_SECONDS + DESIGN.tried(canvas) / rate;
  }

  private Path kept(Path at, StoredAblatedModel model) {
    String asked =
        String.join(
            "\n", ConfigJson.write(search).toString(), DESIGN.toString(), RUNS + " " + seed);
    Path folder = at.resolve("forecasts").resolve(Provenance.whiskerVersion());
    String name = model.scored() + "-" + Sha256.ofText(asked).substring(0, 12) + ".csv";
    return folder.resolve(name);
  }

  private List<Expected> known(StoredAblatedModel model, PlannedProgress progress)
      throws IOException {
    if (cache.isEmpty()) {
      return expected(model, progress);
    }
    Path file = kept(cache.get(), model);
    if (Files.exists(file)) {
      try {
        return Expected.TABLE.read(file);
      } catch (IOException e) {
        context.note(file + " can't be read, so the forecast is made again");
      }
    }
    List<Expected> expected = expected(model, progress);
    Expected.TABLE.write(file, expected);
    return expected;
  }

  private List<Expected> expected(StoredAblatedModel model, PlannedProgress progress) {
    double all = DESIGN.tried(model.canvas());
    PlaceEffects effects;
    try (Classifier network = model.open(new ModelVariant.AsStored())) {
      effects =
          PlaceEffects.of(
              network,
              DESIGN,
              seed,
              tried -> progress.reach(model.name(), FORECAST, HALF * tried / all));
    }
    return Forecast.of(
        effects,
        search,
        model.canvas(),
        model.name(),
        RUNS,
        seed,
        run -> progress.reach(model.name(), FORECAST, HALF + HALF * run / RUNS));
  }

  /**
   * The forecast at p ½, or at the end where most runs are not expected to reach that; empty where
   * no pixel is expected.
   */
  static Optional<String> sentence(List<Expected> expected) {
    Optional<Expected> half = at(expected, Level.HALF).filter(row -> row.reach() >= HALF);
    return half.or(() -> at(expected, Level.END))
        .filter(row -> row.edgeIndex().isPresent())
        .map(
            row ->
                Text.of(
                    "a forecast made before any search was E\u00a0=\u00a0%.2f [%.2f, %.2f] %s",
                    row.edgeIndex().getAsDouble(),
                    row.ciLow().orElseThrow(),
                    row.ciHigh().orElseThrow(),
                    half.isPresent()
                        ? "at p(target)\u00a0½"
                        : "at the end, short of p(target)\u00a0½"));
  }

  private static Optional<Expected> at(List<Expected> expected, Level level) {
    return expected.stream().filter(row -> row.level() == level).findFirst();
  }
}
