package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.evolve.EvolveConfig.Experiment;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ScoringConfig;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.Workers;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * An experiment in its manifest. Three entries hold all that it is gone on with: {@code
 * configuration} (this record), {@code evolution} (see {@link EvolutionEntries}), and what its
 * scoring was settled to: devices, precision and batch.
 *
 * @param model as it was asked for: a name, or a path
 * @param secondsARun how long each run may take
 * @param minimizeTarget see {@link EvolveExtras}, as is the next one
 * @param padding in place of the model's own
 */
record EvolveRecord(
    String model,
    long seed,
    int runs,
    OptionalDouble secondsARun,
    OptionalDouble minimizeTarget,
    long minimizeEvaluations,
    Optional<String> padding) {
  /** What decides the results; whatever else differs is for information. */
  static final List<String> DECISIVE =
      List.of(
          "command",
          "model/sha256",
          "device",
          "precision",
          "batch",
          "padding",
          "seed",
          "runs",
          "seconds_a_run",
          "minimize_target",
          "evolution");

  static EvolveRecord of(EvolveConfig config) {
    EvolvePlan plan = config.plan();
    EvolveExtras extras = plan.extras();
    return new EvolveRecord(
        config.model(),
        plan.seed(),
        plan.runs(),
        plan.time().isPresent()
            ? OptionalDouble.of(plan.time().get().toNanos() / 1e9)
            : OptionalDouble.empty(),
        extras.minimized(),
        extras.minimizeBudget(),
        config.scoring().padding().map(Padding::label));
  }

  /**
   * The experiment that a manifest tells of.
   *
   * @throws IOException naming the file and what of it can't be read, or when the model is missing
   */
  static Experiment experiment(JobManifest manifest, JobContext context) throws IOException {
    return manifest.recorded(EvolveRecord.class).again(manifest, context);
  }

  private Experiment again(JobManifest manifest, JobContext context) throws IOException {
    SearchScoring scoring = scoring(manifest, devices(manifest));
    ScoringConfig asked = asked(scoring.settings().precision());
    StoredModel stored = asked.padded(open(model, context));
    JsonNode evolution = manifest.content().path("evolution");
    EvolvePlan plan = plan(evolution, Experiment.canvas(stored), file(manifest));
    Optional<String> preset = Optional.ofNullable(evolution.path("preset").textValue());
    return new Experiment(
        new EvolveConfig(model, preset, plan, asked), stored, scoring, workers(stored, scoring));
  }

  /** Returns as many workers as a new experiment has. */
  private static Workers workers(StoredModel model, SearchScoring scoring) throws IOException {
    return scoring.others().isEmpty()
        ? Workers.of(List.of(model), scoring.settings().device())
        : Workers.single();
  }

  private ScoringConfig asked(Precision precision) {
    return new ScoringConfig(
        ScoringConfig.auto().device(),
        precision.label(),
        padding.map(label -> InvalidRequestException.check(() -> Padding.parse(label))));
  }

  private EvolvePlan plan(JsonNode evolution, Canvas canvas, Path file) throws IOException {
    try {
      EvolutionOptions options = EvolutionEntries.read(evolution, canvas);
      EvolveExtras extras = new EvolveExtras(minimizeTarget, minimizeEvaluations);
      return new EvolvePlan(options, seed, runs, time(), extras);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private Optional<Duration> time() {
    return secondsARun.isPresent()
        ? Optional.of(Duration.ofNanos(Math.round(secondsARun.getAsDouble() * 1e9)))
        : Optional.empty();
  }

  private static StoredModel open(String model, JobContext context) throws IOException {
    return Models.open(new ModelStore(context.home().models()), model);
  }

  /** The devices that a manifest names, the first of them alone where it names one. */
  private static List<TorchDevice> devices(JobManifest manifest) {
    List<String> labels = new ArrayList<>();
    manifest.content().path("devices").forEach(label -> labels.add(label.asText()));
    if (labels.isEmpty()) {
      labels.add(manifest.content().path("device").asText());
    }
    return InvalidRequestException.check(() -> labels.stream().map(TorchDevice::parse).toList());
  }

  private static SearchScoring scoring(JobManifest manifest, List<TorchDevice> devices)
      throws IOException {
    TorchClassifier.Settings settings =
        new TorchClassifier.Settings(precision(manifest), devices.get(0), batch(manifest));
    return new SearchScoring(settings, Optional.empty(), devices.subList(1, devices.size()));
  }

  private static Precision precision(JobManifest manifest) throws IOException {
    String label = manifest.content().path("precision").asText();
    for (Precision precision : Precision.values()) {
      if (precision.label().equals(label)) {
        return precision;
      }
    }
    throw new IOException(
        file(manifest) + ": precision is '" + label + "', expected float32 or bfloat16");
  }

  private static int batch(JobManifest manifest) throws IOException {
    JsonNode batch = manifest.content().path("batch");
    int most = TorchClassifier.Settings.MOST_BATCH;
    if (batch.asInt() < 1 || batch.asInt() > most) {
      throw new IOException(file(manifest) + ": batch is " + batch + ", expected 1 to " + most);
    }
    return batch.asInt();
  }

  private static Path file(JobManifest manifest) {
    return manifest.folder().resolve(JobManifest.NAME);
  }
}
