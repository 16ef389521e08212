package org.whisker.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.StopRules;

/** The whole configuration of evolution, as a manifest holds it. */
final class EvolutionManifest {
  private EvolutionManifest() {}

  static Map<String, Object> of(String preset, EvolutionOptions o) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("preset", preset);
    map.put("method", o.method().label());
    if (o.method() instanceof Genetic genetic) {
      genetic(map, genetic);
    }
    map.put("founders", o.founders().label());
    map.put("regions", o.regions().spans().toString());
    map.put("lambda", o.objective().lambda());
    map.put("fitness_scale", o.objective().scale());
    map.put("fitness_offset", o.objective().offset());
    map.put("cache_capacity", o.cacheCapacity());
    stop(map, o.stop());
    return map;
  }

  private static void genetic(Map<String, Object> map, Genetic g) {
    map.put("population", g.population());
    map.put("crossover", g.crossover().label());
    map.put("crossover_probability", g.crossoverProbability());
    map.put("mutation_probability", g.mutation().probability());
    map.put("edit_mix", g.mutation().mix().toString());
    map.put("edit_schedule", g.mutation().edits().toString());
    map.put("selection", g.selection().toString());
    map.put("elites", g.elites());
  }

  private static void stop(Map<String, Object> map, StopRules stop) {
    map.put("generations", stop.generations());
    stop.target().ifPresent(p -> map.put("target_p_cat", p));
    stop.stagnation().ifPresent(n -> map.put("stagnation", n));
    stop.evaluations().ifPresent(n -> map.put("evaluations", n));
  }
}
