package org.whisker.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.image.Tones;
import org.whisker.option.Entries;

/**
 * All options of a search as {@link Entries}: the entry {@code evolution} of a manifest, from which
 * {@code evolve --resume} goes on, and the key of kept runs. What is written is read back the same.
 * Regions and founders are text; what text doesn't tell (masks, and the founders' image) has its
 * pixels beside it, so that no other file is needed.
 */
public final class EvolutionEntries {
  private static final String METHOD = "method";
  private static final String FOUNDERS = "founders";
  private static final String IMAGE = "founders_image";
  private static final String REGIONS = "regions";
  private static final String MASKS = "masks";
  private static final String CACHE = "cache_capacity";
  private static final String IN = "one-pixel-in:";
  private static final String PIXELS = "pixels:";
  private static final String SHARE = "share:";

  private final Entries entries;
  private final JsonNode node;
  private final Canvas canvas;

  private EvolutionEntries(JsonNode node, Canvas canvas) {
    this.entries = new Entries(key -> text(node.path(key)));
    this.node = node;
    this.canvas = canvas;
  }

  private static @Nullable String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

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
    map.put(METHOD, o.method().label());
    Entries.put(map, (Record) o.method());
    putPlaces(map, o);
    Entries.put(map, o.tones());
    Entries.put(map, o.objective());
    map.put(CACHE, o.cacheCapacity());
    Entries.put(map, o.stop());
    return map;
  }

  private static void putPlaces(Map<String, Object> map, EvolutionOptions o) {
    Map<String, String> masks = new LinkedHashMap<>();
    map.put(FOUNDERS, o.founders().label());
    if (o.founders() instanceof FounderRule.Image founders) {
      map.put(IMAGE, pixelRuns(founders.image().indices()));
    } else if (o.founders() instanceof FounderRule.OnePixelIn founders) {
      addMask(masks, founders.region());
    } else if (o.founders() instanceof FounderRule.Given founders) {
      addMask(masks, founders.region());
    }
    map.put(REGIONS, o.regions().spans().stream().map(RegionSchedule.Span::label).toList());
    o.regions().spans().forEach(span -> addMask(masks, span.region()));
    if (!masks.isEmpty()) {
      map.put(MASKS, masks);
    }
  }

  private static void addMask(Map<String, String> masks, Region region) {
    if (!isToldByText(region)) {
      int[] pixels = IntStream.range(0, region.size()).map(region::get).toArray();
      masks.put(region.toString(), pixelRuns(pixels));
    }
  }

  private static boolean isToldByText(Region region) {
    try {
      return Region.parse(region.canvas(), region.toString()).equals(region);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The options that {@link #of(EvolutionOptions)} wrote.
   *
   * @param canvas the canvas of the model: regions and images are on it
   * @throws IOException if something is missing or can't be; the message names it
   */
  public static EvolutionOptions read(JsonNode node, Canvas canvas) throws IOException {
    try {
      return new EvolutionEntries(node, canvas).options();
    } catch (IllegalArgumentException e) {
      throw new IOException("the manifest's evolution can't be read: " + e.getMessage(), e);
    }
  }

  private EvolutionOptions options() {
    return new EvolutionOptions(
        entries.read(SearchMethod.class, METHOD),
        founders(),
        regions(),
        entries.read(Objective.class),
        entries.read(StopRules.class),
        entries.read(Tones.class),
        entries.number(CACHE));
  }

  private RegionSchedule regions() {
    List<String> texts = new ArrayList<>();
    node.path(REGIONS).forEach(each -> texts.add(each.asText()));
    return RegionSchedule.parse(texts, this::region);
  }

  private FounderRule founders() {
    String label = entries.text(FOUNDERS);
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
          new FounderRule.Image(BlackPixels.of(canvas, parsePixelRuns(entries.text(IMAGE))));
      default -> throw new IllegalArgumentException("there are no founders " + label);
    };
  }

  private Region region(String text) {
    @Nullable String mask = text(node.path(MASKS).path(text));
    if (mask == null) {
      return Region.parse(canvas, text);
    }
    BlackPixels pixels = BlackPixels.of(canvas, parsePixelRuns(mask));
    return Region.ofMask(canvas, text, pixels::contains);
  }

  /** Ascending pixel indices as text: {@code 3-9,12} is 3 to 9 and 12. */
  static String pixelRuns(int[] ascending) {
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
   * Reads {@link #pixelRuns}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static int[] parsePixelRuns(String text) {
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
