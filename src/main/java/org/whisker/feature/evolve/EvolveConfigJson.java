package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.StoredModel;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.ScoringConfig;

/**
 * What an experiment is asked for as JSON, for who keeps it elsewhere than in its manifest: the
 * model as it was named, device, precision, {@code evolution} (see {@link EvolutionManifest}), and
 * what is minimized.
 */
public final class EvolveConfigJson {
  private static final String MINIMIZE = "minimize_target";

  private EvolveConfigJson() {}

  /**
   * The JSON of a configuration.
   *
   * @throws InvalidRequestException for one whose results depend on how fast the machine is, or
   *     that writes down every individual
   */
  public static ObjectNode write(EvolveConfig config) throws IOException {
    EvolvePlan plan = config.plan();
    InvalidRequestException.refuse(
        plan.time().isPresent(), "--time ends a run earlier on a slower machine; leave it out");
    InvalidRequestException.refuse(
        plan.extras().traced(), "--trace writes down every individual; leave it out");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", config.model());
    map.put("device", config.scoring().device());
    map.put("precision", config.scoring().precision());
    map.put("seed", plan.seed());
    map.put("runs", plan.runs());
    plan.extras().putInto(map);
    map.put("evolution", EvolutionManifest.of(config.preset(), plan.options()));
    return (ObjectNode) JsonFile.tree(map);
  }

  /**
   * Reads it back.
   *
   * @param model that it names
   * @throws IOException naming what is missing or can't be
   */
  public static EvolveConfig read(JsonNode node, StoredModel model) throws IOException {
    JsonNode evolution = node.path("evolution");
    OptionalDouble minimized =
        node.has(MINIMIZE)
            ? OptionalDouble.of(node.path(MINIMIZE).asDouble())
            : OptionalDouble.empty();
    EvolveExtras extras =
        new EvolveExtras(minimized, node.path("minimize_evaluations").asLong(), false);
    EvolvePlan plan =
        new EvolvePlan(
            EvolutionManifest.read(evolution, Experiment.canvas(model)),
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
}
