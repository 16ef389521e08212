package org.whisker.feature.evolve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Founders;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Regions and founders in a manifest: as text, and the pixels of what text doesn't tell (masks by
 * their names, and the founders' image), so that no other file is needed to go on.
 */
final class PlaceManifest {
  private static final String IN = "one-pixel-in:";
  private static final String PIXELS = "pixels:";
  private static final String SHARE = "share:";

  private final ManifestNode manifest;
  private final Canvas canvas;

  PlaceManifest(ManifestNode manifest, Canvas canvas) {
    this.manifest = manifest;
    this.canvas = canvas;
  }

  static void put(Map<String, Object> map, EvolutionOptions o) {
    Map<String, String> masks = new LinkedHashMap<>();
    map.put("founders", o.founders().label());
    if (o.founders() instanceof Founders.Image founders) {
      map.put("founders_image", PixelRuns.text(founders.image().indices()));
    }
    if (o.founders() instanceof Founders.OnePixelIn founders) {
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

  Founders founders() {
    String label = manifest.text("founders");
    if (label.startsWith(IN)) {
      return new Founders.OnePixelIn(region(label.substring(IN.length())));
    }
    if (label.startsWith(PIXELS)) {
      return new Founders.Pixels(Integer.parseInt(label.substring(PIXELS.length())));
    }
    if (label.startsWith(SHARE)) {
      return new Founders.Share(Double.parseDouble(label.substring(SHARE.length())));
    }
    return switch (label) {
      case "one-pixel" -> new Founders.OnePixel();
      case "empty" -> new Founders.Empty();
      case "image" ->
          new Founders.Image(
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
}
