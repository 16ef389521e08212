package org.whisker.cli;

import java.util.Map;
import org.whisker.evolution.Border;
import org.whisker.evolution.Crossover;
import org.whisker.evolution.EditMix;
import org.whisker.evolution.EditSchedule;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.Replacement;
import org.whisker.evolution.Selection;

/** The genetic algorithm in a manifest. */
final class GeneticManifest {
  private GeneticManifest() {}

  static void put(Map<String, Object> map, Genetic g) {
    Mutation mutation = g.mutation();
    map.put("population", g.population());
    map.put("crossover", g.crossover().label());
    map.put("crossover_probability", g.crossoverProbability());
    map.put("mutation_probability", mutation.probability());
    map.put("mutation_rate_per", mutation.per().label());
    map.put("edit_mix", mutation.mix().label());
    map.put("edit_schedule", mutation.edits().label());
    map.put("border", mutation.border().label());
    map.put("selection", g.selection().label());
    if (g.replacement() instanceof Replacement.SteadyState steady) {
      map.put("offspring", steady.offspring());
    } else {
      map.put("elites", g.elites());
    }
  }

  static Genetic read(ManifestNode manifest) {
    return new Genetic(
        manifest.whole("population"),
        Crossover.parse(manifest.text("crossover")),
        manifest.number("crossover_probability"),
        new Mutation(
            manifest.number("mutation_probability"),
            Mutation.Per.parse(manifest.text("mutation_rate_per")),
            EditMix.parse(manifest.text("edit_mix")),
            EditSchedule.parse(manifest.text("edit_schedule")),
            Border.parse(manifest.text("border"))),
        Selection.parse(manifest.text("selection")),
        manifest.has("offspring")
            ? new Replacement.SteadyState(manifest.whole("offspring"))
            : new Replacement.Generational(manifest.whole("elites")));
  }
}
