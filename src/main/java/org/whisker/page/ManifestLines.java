package org.whisker.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.io.Manifest;

/** A manifest as flat lines, without long values. */
public final class ManifestLines {
  private static final int LONGEST = 200;

  private ManifestLines() {}

  /**
   * The lines, with the keys of nested objects joined by dots.
   *
   * @param without keys to omit
   */
  public static Map<String, String> of(JsonNode manifest, Set<String> without) {
    Map<String, String> flat = new LinkedHashMap<>();
    manifest
        .properties()
        .forEach(
            entry -> {
              if (!without.contains(entry.getKey())) {
                flatten(entry.getKey(), entry.getValue(), flat);
              }
            });
    return flat;
  }

  private static void flatten(String name, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties().forEach(e -> flatten(name + "." + e.getKey(), e.getValue(), flat));
    } else if (node.isArray() && !node.isEmpty()) {
      List<String> items = new ArrayList<>();
      boolean plain = true;
      for (JsonNode item : node) {
        plain &= item.isValueNode();
        items.add(item.asText());
      }
      String text = String.join(", ", items);
      flat.put(
          name,
          plain && text.length() <= LONGEST
              ? text
              : items.size() + " entries, see " + Manifest.NAME);
    } else if (!node.asText().isBlank()) {
      flat.put(name, node.asText());
    }
  }
}
