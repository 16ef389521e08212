package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.job.ScoringConfig;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.SearchPrecision;
import org.whisker.job.Workers;
import org.whisker.option.Records;

/**
 * What an experiment is asked for.
 *
 * @param model the name of a folder in {@code models/}, or the path of one
 * @param preset the name of what the options were made from, for the manifest
 * @param plan the search, its seeds and how often it is done
 * @param scoring on what, and in which precision
 */
public record EvolveConfig(
    String model, Optional<String> preset, EvolvePlan plan, ScoringConfig scoring) {
  /** How many runs there are unless told. */
  public static final int RUNS = 3;

  /** The search that is made unless told, see {@link EvolutionOptions#preset}. */
  public static final String PRESET = "quick";

  /**
   * The default options of the command line: {@link #RUNS} runs of {@link #PRESET}, from seed 1.
   */
  public static EvolveConfig of(String model) {
    return of(model, PRESET);
  }

  /**
   * The default options with another search.
   *
   * @param preset quick, question or dense, see {@link EvolutionOptions}
   * @throws InvalidRequestException for an unknown preset
   */
  public static EvolveConfig of(String model, String preset) {
    EvolutionOptions options = InvalidRequestException.check(() -> EvolutionOptions.preset(preset));
    EvolveConfig config = of(model, options);
    return new EvolveConfig(model, Optional.of(preset), config.plan, config.scoring);
  }

  /** {@link #RUNS} runs of this search from seed 1, on the fastest device. */
  public static EvolveConfig of(String model, EvolutionOptions options) {
    EvolvePlan plan = new EvolvePlan(options, 1, RUNS, Optional.empty(), EvolveExtras.none());
    return new EvolveConfig(model, Optional.empty(), plan, ScoringConfig.auto());
  }

  /** Changes the search, for example by {@code s -> s.withGenerations(100)}. */
  public EvolveConfig withSearch(UnaryOperator<EvolutionOptions> change) {
    EvolutionOptions changed = InvalidRequestException.check(() -> change.apply(plan.options()));
    return with(Records.changed(plan, EvolvePlan::options).to(changed));
  }

  /** Sets the seed of the first run; each further run has the next one. */
  public EvolveConfig withSeed(long seed) {
    return with(Records.changed(plan, EvolvePlan::seed).to(seed));
  }

  /** Sets the number of runs, at least 1. */
  public EvolveConfig withRuns(int runs) {
    return with(Records.changed(plan, EvolvePlan::runs).to(runs));
  }

  /** Sets what more is wanted of each run. */
  public EvolveConfig withExtras(EvolveExtras extras) {
    return with(Records.changed(plan, EvolvePlan::extras).to(extras));
  }

  /** Returns a copy on another device, or in another precision. */
  public EvolveConfig withScoring(ScoringConfig other) {
    return new EvolveConfig(model, preset, plan, other);
  }

  private EvolveConfig with(EvolvePlan other) {
    return new EvolveConfig(model, preset, other, scoring);
  }

  private static final String MINIMIZE = "minimize_target";

  /**
   * A configuration as JSON, for who keeps it elsewhere than in its manifest: the model as it was
   * named, device, precision, {@code evolution} (see {@link EvolutionEntries}), and what is
   * minimized.
   *
   * @throws InvalidRequestException for one whose results depend on how fast the machine is
   */
  public static ObjectNode toJson(EvolveConfig config) throws IOException {
    EvolvePlan plan = config.plan();
    InvalidRequestException.refuse(
        plan.time().isPresent(), "--time ends a run earlier on a slower machine; leave it out");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", config.model());
    map.put("device", config.scoring().device());
    map.put("precision", config.scoring().precision());
    map.put("seed", plan.seed());
    map.put("runs", plan.runs());
    plan.extras().putInto(map);
    map.put("evolution", EvolutionEntries.of(config.preset(), plan.options()));
    return (ObjectNode) JsonFile.tree(map);
  }

  /**
   * Reads a configuration that was written as JSON.
   *
   * @param model the model that it names
   * @throws IOException naming what is missing or can't be
   */
  public static EvolveConfig fromJson(JsonNode node, StoredModel model) throws IOException {
    JsonNode evolution = node.path("evolution");
    OptionalDouble minimized =
        node.has(MINIMIZE)
            ? OptionalDouble.of(node.path(MINIMIZE).asDouble())
            : OptionalDouble.empty();
    EvolveExtras extras = new EvolveExtras(minimized, node.path("minimize_evaluations").asLong());
    EvolvePlan plan =
        new EvolvePlan(
            EvolutionEntries.read(evolution, Experiment.canvas(model)),
            node.path("seed").asLong(),
            node.path("runs").asInt(),
            Optional.empty(),
            extras);
    return new EvolveConfig(
        node.path("model").asText(),
        Optional.ofNullable(evolution.path("preset").textValue()),
        plan,
        new ScoringConfig(node.path("device").asText(), node.path("precision").asText()));
  }

  /**
   * All that an experiment is determined by.
   *
   * @param model the one that the configuration names
   * @param scoring what its scoring was settled to
   * @param workers who score on a device
   */
  record Experiment(
      EvolveConfig config, StoredModel model, SearchScoring scoring, Workers workers) {
    EvolvePlan plan() {
      return config.plan();
    }

    Canvas canvas() {
      return canvas(model);
    }

    /** The canvas of the pictures that a model takes. */
    static Canvas canvas(StoredModel model) {
      return model.card().input().canvas();
    }

    /** What a manifest says of it; its status is to be set. */
    Map<String, Object> manifest(JobContext context) {
      Map<String, Object> manifest =
          Provenance.manifest(EvolveJob.COMMAND, context, model.card(), scoring.settings());
      if (!scoring.others().isEmpty()) {
        manifest.put("devices", scoring.all().stream().map(run -> run.device().label()).toList());
      }
      if (workers.areSmall()) {
        manifest.put(Workers.OPERATOR_THREADS, workers.operatorThreads());
      }
      scoring.choice().ifPresent(it -> manifest.put(SearchPrecision.CHOICE, it.manifest()));
      config.scoring().padding().ifPresent(padding -> manifest.put("padding", padding.label()));
      manifest.put("status", "");
      manifest.put("seed", plan().seed());
      manifest.put("runs", plan().runs());
      manifest.put(PixelRow.DELTA, "with - without");
      plan().time().ifPresent(t -> manifest.put("seconds_a_run", t.toNanos() / 1e9));
      plan().extras().putInto(manifest);
      manifest.put("arguments", List.of()); // its place; the folder's are put there
      manifest.put("evolution", EvolutionEntries.of(config.preset(), plan().options()));
      return manifest;
    }
  }
}
