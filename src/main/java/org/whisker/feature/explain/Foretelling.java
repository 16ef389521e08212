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
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.job.ConfigJson;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
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
  /** Places fewer than {@code predict} tries: a report tries each pixel later. */
  static final PlaceEffects.Design DESIGN = new PlaceEffects.Design(1024, 6, 12);

  private static final int RUNS = 12;
  private static final double HALF = 0.5;

  /** Forecasts a model, unless its folder has that. */
  void write(StoredAblatedModel model, Path folder) throws IOException {
    Path own = folder.resolve(model.name());
    if (Files.exists(own.resolve(Expected.FILE))) {
      return;
    }
    Files.createDirectories(own);
    List<Expected> expected = known(model);
    Expected.TABLE.writeIn(own, expected);
    sentence(expected).ifPresent(text -> context.note(model.name() + ": " + text));
  }

  private List<Expected> known(StoredAblatedModel model) throws IOException {
    if (cache.isEmpty()) {
      return expected(model);
    }
    String asked =
        String.join(
            "\n", ConfigJson.write(search).toString(), DESIGN.toString(), RUNS + " " + seed);
    Path file =
        cache
            .get()
            .resolve("forecasts")
            .resolve(Provenance.whiskerVersion())
            .resolve(model.scored() + "-" + Sha256.ofText(asked).substring(0, 12) + ".csv");
    if (Files.exists(file)) {
      try {
        return Expected.TABLE.read(file);
      } catch (IOException e) {
        context.note(file + " can't be read, so the forecast is made again");
      }
    }
    List<Expected> expected = expected(model);
    Expected.TABLE.write(file, expected);
    return expected;
  }

  private List<Expected> expected(StoredAblatedModel model) {
    PlaceEffects effects;
    try (Classifier network = model.open(new ModelVariant.AsStored());
        Progress progress =
            context.progress("trying pixels before any search", DESIGN.tried(model.canvas()))) {
      effects = PlaceEffects.of(network, DESIGN, seed, progress::stepTo);
    }
    return Forecast.of(effects, search, model.canvas(), model.name(), RUNS, seed, done -> {});
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
                    half.isPresent() ? "at p(cat)\u00a0½" : "at the end, short of p(cat)\u00a0½"));
  }

  private static Optional<Expected> at(List<Expected> expected, Level level) {
    return expected.stream().filter(row -> row.level() == level).findFirst();
  }
}
