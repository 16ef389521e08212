package org.whisker.sweep.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.io.Manifest;

/**
 * Where collected tables come from, for their pages: of the sweep's manifest what their numbers
 * depend on. It holds no time, so the same results are collected to the same bytes.
 */
final class CollectedManifest {
  private static final List<String> KEPT =
      List.of("engine", "numerics", "device", "precision", "models", "tasks");

  private CollectedManifest() {}

  static void write(Path folder, Path sweep, Map<String, ?> more) throws IOException {
    JsonNode manifest = Manifest.read(sweep);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("command", "sweep collect");
    content.put("whisker", manifest.at("/versions/whisker"));
    KEPT.forEach(name -> content.put(name, manifest.path(name)));
    content.putAll(new TreeMap<>(more));
    Manifest.write(folder, content);
  }
}
