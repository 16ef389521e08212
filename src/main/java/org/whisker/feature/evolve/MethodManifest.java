package org.whisker.feature.evolve;

import java.util.Map;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.Replacement;
import org.whisker.evolution.SearchMethod;
import org.whisker.evolution.Selection;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditSchedule;

/** Each search method in a manifest: its name, and its own options. */
final class MethodManifest {
  private MethodManifest() {}

  static void put(Map<String, Object> map, SearchMethod method) {
    map.put("method", method.label());
    map.put("population", method.population());
    if (method instanceof Genetic genetic) {
      genetic(map, genetic);
    } else if (method instanceof Annealing annealing) {
      mutation(map, annealing.mutation());
      map.put("first_temperature", annealing.firstTemperature());
      map.put("last_temperature", annealing.lastTemperature());
      map.put("fall_generations", annealing.generations());
    } else if (method instanceof SparseRs sparse) {
      map.put("pixels", sparse.pixels());
      map.put("first_share", sparse.firstShare());
      map.put("fall_generations", sparse.generations());
    } else if (method instanceof Greedy greedy) {
      map.put("stride", greedy.stride());
    } else if (method instanceof RandomSearch random) {
      map.put("most_pixels", random.mostPixels());
    }
  }

  static SearchMethod read(ManifestNode manifest) {
    String label = manifest.text("method");
    int population = manifest.whole("population");
    return switch (label) {
      case "genetic" -> genetic(manifest);
      case "annealing" ->
          new Annealing(
              population,
              mutation(manifest),
              manifest.number("first_temperature"),
              manifest.number("last_temperature"),
              manifest.whole("fall_generations"));
      case "sparse-rs" ->
          new SparseRs(
              population,
              manifest.whole("pixels"),
              manifest.number("first_share"),
              manifest.whole("fall_generations"));
      case "greedy" -> new Greedy(population, manifest.whole("stride"));
      case "random" -> new RandomSearch(population, manifest.whole("most_pixels"));
      default -> throw new IllegalArgumentException("there is no method " + label);
    };
  }

  private static void genetic(Map<String, Object> map, Genetic g) {
    map.put("crossover", g.crossover().label());
    map.put("crossover_probability", g.crossoverProbability());
    mutation(map, g.mutation());
    map.put("selection", g.selection().label());
    if (g.replacement() instanceof Replacement.SteadyState steady) {
      map.put("offspring", steady.offspring());
    } else {
      map.put("elites", g.elites());
    }
  }

  private static Genetic genetic(ManifestNode manifest) {
    return new Genetic(
        manifest.whole("population"),
        Crossover.parse(manifest.text("crossover")),
        manifest.number("crossover_probability"),
        mutation(manifest),
        Selection.parse(manifest.text("selection")),
        manifest.has("offspring")
            ? new Replacement.SteadyState(manifest.whole("offspring"))
            : new Replacement.Generational(manifest.whole("elites")));
  }

  private static void mutation(Map<String, Object> map, Mutation mutation) {
    map.put("mutation_probability", mutation.probability());
    map.put("mutation_rate_per", mutation.per().label());
    map.put("edit_mix", mutation.mix().label());
    map.put("edit_schedule", mutation.edits().label());
    map.put("border", mutation.border().label());
  }

  private static Mutation mutation(ManifestNode manifest) {
    return new Mutation(
        manifest.number("mutation_probability"),
        Mutation.Per.parse(manifest.text("mutation_rate_per")),
        EditMix.parse(manifest.text("edit_mix")),
        EditSchedule.parse(manifest.text("edit_schedule")),
        Border.parse(manifest.text("border")));
  }
}
