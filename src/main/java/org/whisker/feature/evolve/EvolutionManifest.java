package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.BruSLeAttack;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.MapElites;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.Objective;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.SearchMethod;
import org.whisker.evolution.Selection;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.image.Tone;
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
    map.put("background", o.tones().background().written());
    map.put("ink", o.tones().ink().written());
    objective(map, o.objective());
    map.put("cache_capacity", o.cacheCapacity());
    stop(map, o.stop());
    return map;
  }

  /**
   * The options that {@link #of(EvolutionOptions)} wrote.
   *
   * @param canvas the canvas of the model: regions and images are on it
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
          new Tones(manifest.tone("background"), manifest.tone("ink")),
          manifest.whole("cache_capacity"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the manifest's evolution can't be read: " + e.getMessage(), e);
    }
  }

  private static void objective(Map<String, Object> map, Objective objective) {
    LambdaSchedule penalty = objective.penalty();
    map.put("target_class", objective.target().label());
    map.put(
        "lambda", penalty.first() == penalty.last() ? (Object) penalty.first() : penalty.label());
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

  /** Writes and reads each search method in a manifest: its name, and its own options. */
  private static final class MethodManifest {
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
      } else if (method instanceof BruSLeAttack brusle) {
        map.put("pixels", brusle.pixels());
        map.put("first_share", brusle.firstShare());
      } else if (method instanceof MapElites elites) {
        mutation(map, elites.mutation());
        map.put("bins", elites.bins());
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
        case "brusle" ->
            new BruSLeAttack(population, manifest.whole("pixels"), manifest.number("first_share"));
        case "map-elites" -> new MapElites(population, mutation(manifest), manifest.whole("bins"));
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
      if (mutation.atOnce() > 1) {
        map.put("added_at_once", mutation.atOnce());
      }
    }

    private static Mutation mutation(ManifestNode manifest) {
      return new Mutation(
          manifest.number("mutation_probability"),
          Mutation.Per.parse(manifest.text("mutation_rate_per")),
          EditMix.parse(manifest.text("edit_mix")),
          EditSchedule.parse(manifest.text("edit_schedule")),
          Border.parse(manifest.text("border")),
          manifest.has("added_at_once") ? manifest.whole("added_at_once") : 1);
    }
  }

  /**
   * Regions and founders in a manifest: as text, and the pixels of what text doesn't tell (masks by
   * their names, and the founders' image), so that no other file is needed to go on.
   */
  record PlaceManifest(ManifestNode manifest, Canvas canvas) {
    private static final String IN = "one-pixel-in:";
    private static final String PIXELS = "pixels:";
    private static final String SHARE = "share:";

    static void put(Map<String, Object> map, EvolutionOptions o) {
      Map<String, String> masks = new LinkedHashMap<>();
      map.put("founders", o.founders().label());
      if (o.founders() instanceof FounderRule.Image founders) {
        map.put("founders_image", PixelRuns.text(founders.image().indices()));
      }
      if (o.founders() instanceof FounderRule.OnePixelIn founders) {
        addMask(masks, founders.region());
      }
      map.put("regions", o.regions().spans().stream().map(RegionSchedule.Span::label).toList());
      o.regions().spans().forEach(span -> addMask(masks, span.region()));
      if (!masks.isEmpty()) {
        map.put("masks", masks);
      }
    }

    private static void addMask(Map<String, String> masks, Region region) {
      if (!isToldByText(region)) {
        int[] pixels = IntStream.range(0, region.size()).map(region::get).toArray();
        masks.put(region.toString(), PixelRuns.text(pixels));
      }
    }

    private static boolean isToldByText(Region region) {
      try {
        return Region.parse(region.canvas(), region.toString()).equals(region);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    RegionSchedule regions() {
      return RegionSchedule.parse(manifest.texts("regions"), this::region);
    }

    FounderRule founders() {
      String label = manifest.text("founders");
      if (label.startsWith(IN)) {
        return new FounderRule.OnePixelIn(region(label.substring(IN.length())));
      }
      if (label.startsWith(PIXELS)) {
        return new FounderRule.Pixels(Integer.parseInt(label.substring(PIXELS.length())));
      }
      if (label.startsWith(SHARE)) {
        return new FounderRule.Share(Double.parseDouble(label.substring(SHARE.length())));
      }
      return switch (label) {
        case "one-pixel" -> new FounderRule.OnePixel();
        case "empty" -> new FounderRule.Empty();
        case "image" ->
            new FounderRule.Image(
                BlackPixels.of(canvas, PixelRuns.parse(manifest.text("founders_image"))));
        default -> throw new IllegalArgumentException("there are no founders " + label);
      };
    }

    private Region region(String text) {
      ManifestNode masks = manifest.under("masks");
      if (!masks.has(text)) {
        return Region.parse(canvas, text);
      }
      BlackPixels mask = BlackPixels.of(canvas, PixelRuns.parse(masks.text(text)));
      return Region.ofMask(canvas, text, mask::contains);
    }

    /** Ascending pixel indices as text: {@code 3-9,12} is 3 to 9 and 12. */
    static final class PixelRuns {
      private PixelRuns() {}

      static String text(int[] ascending) {
        List<String> runs = new ArrayList<>();
        int from = 0;
        while (from < ascending.length) {
          int to = from;
          while (to + 1 < ascending.length && ascending[to + 1] == ascending[to] + 1) {
            to++;
          }
          runs.add(from == to ? "" + ascending[from] : ascending[from] + "-" + ascending[to]);
          from = to + 1;
        }
        return String.join(",", runs);
      }

      /**
       * Reads {@link #text}.
       *
       * @throws IllegalArgumentException for anything else
       */
      static int[] parse(String text) {
        if (text.isEmpty()) {
          return new int[0];
        }
        return List.of(text.split(",", -1)).stream()
            .flatMapToInt(
                run -> {
                  int dash = run.indexOf('-');
                  int first = Integer.parseInt(dash < 0 ? run : run.substring(0, dash));
                  int last = dash < 0 ? first : Integer.parseInt(run.substring(dash + 1));
                  return IntStream.rangeClosed(first, last);
                })
            .toArray();
      }
    }
  }

  /** A JSON object whose missing or misshapen entries are refused by name. */
  private record ManifestNode(JsonNode node) {
    boolean has(String key) {
      return node.hasNonNull(key);
    }

    /** Text, or a number as text. */
    String text(String key) {
      JsonNode value = node.get(key);
      if (value == null || !value.isValueNode() || value.isNull()) {
        throw new IllegalArgumentException("'" + key + "' is missing");
      }
      return value.asText();
    }

    double number(String key) {
      return parsed(key, "a number", Double::parseDouble);
    }

    Tone tone(String key) {
      try {
        return Tone.parse(text(key));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + key + "' " + e.getMessage(), e);
      }
    }

    int whole(String key) {
      return parsed(key, "a whole number", Integer::parseInt);
    }

    List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      node.path(key).forEach(each -> texts.add(each.asText()));
      return texts;
    }

    /** The object under this key, an empty one when there is none. */
    ManifestNode under(String key) {
      return new ManifestNode(node.path(key));
    }

    private <T> T parsed(String key, String what, Function<String, T> parse) {
      String text = text(key);
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + key + "' must be " + what + ", was " + text, e);
      }
    }
  }
}
