package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LambdaSchedule;
import org.whisker.evolution.Objective;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.TargetClass;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/**
 * All options of a search as JSON: the entry {@code evolution} of a manifest, from which {@code
 * evolve --resume} goes on. What is written is read back the same.
 */
public final class EvolutionManifest {
  private EvolutionManifest() {}

  /** The preset that the options were made from, which is not read back, and the options. */
  public static Map<String, Object> of(Optional<String> preset, EvolutionOptions o) {
    Map<String, Object> map = new LinkedHashMap<>();
    preset.ifPresent(name -> map.put("preset", name));
    map.putAll(of(o));
    return map;
  }

  /** The options in text and numbers. */
  public static Map<String, Object> of(EvolutionOptions o) {
    Map<String, Object> map = new LinkedHashMap<>();
    MethodManifest.put(map, o.method());
    PlaceManifest.put(map, o);
    map.put("background", o.tones().background());
    map.put("ink", o.tones().ink());
    objective(map, o.objective());
    map.put("cache_capacity", o.cacheCapacity());
    stop(map, o.stop());
    return map;
  }

  /**
   * The options that {@link #of(EvolutionOptions)} wrote.
   *
   * @param canvas of the model: regions and images are on it
   * @throws IOException if something is missing or can't be; the message names it
   */
  public static EvolutionOptions read(JsonNode node, Canvas canvas) throws IOException {
    try {
      ManifestNode manifest = new ManifestNode(node);
      PlaceManifest places = new PlaceManifest(manifest, canvas);
      return new EvolutionOptions(
          MethodManifest.read(manifest),
          places.founders(),
          places.regions(),
          objective(manifest),
          stop(manifest),
          new Tones((float) manifest.number("background"), (float) manifest.number("ink")),
          manifest.whole("cache_capacity"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the manifest's evolution can't be read: " + e.getMessage(), e);
    }
  }

  private static void objective(Map<String, Object> map, Objective objective) {
    LambdaSchedule price = objective.price();
    map.put("target_class", objective.target().label());
    map.put("lambda", price.first() == price.last() ? (Object) price.first() : price.label());
    map.put("fitness_scale", objective.scale());
    map.put("fitness_offset", objective.offset());
  }

  private static Objective objective(ManifestNode manifest) {
    return new Objective(
        TargetClass.parse(manifest.text("target_class")),
        LambdaSchedule.parse(manifest.text("lambda")),
        manifest.number("fitness_scale"),
        manifest.number("fitness_offset"));
  }

  private static void stop(Map<String, Object> map, StopRules stop) {
    map.put("generations", stop.generations());
    stop.target().ifPresent(p -> map.put("target_probability", p));
    stop.stagnation().ifPresent(n -> map.put("stagnation", n));
    stop.evaluations().ifPresent(n -> map.put("evaluations", n));
  }

  private static StopRules stop(ManifestNode manifest) {
    StopRules stop = StopRules.after(manifest.whole("generations"));
    if (manifest.has("target_probability")) {
      stop = stop.withTarget(manifest.number("target_probability"));
    }
    if (manifest.has("stagnation")) {
      stop = stop.withStagnation(manifest.whole("stagnation"));
    }
    return manifest.has("evaluations")
        ? stop.withEvaluations(Long.parseLong(manifest.text("evaluations")))
        : stop;
  }
}
