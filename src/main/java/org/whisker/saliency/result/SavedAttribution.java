package org.whisker.saliency.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.table.MapFiles;

/**
 * A map on disk, which is read again when a command is resumed: the values from its {@code .npy},
 * the rest from {@code STEM.json}, which is written last and thus marks the map as complete.
 *
 * @param stem the prefix of its files' names
 */
public record SavedAttribution(Path folder, String stem) {
  private static final String HASHES = "sha256";

  /**
   * Marks the files of the map as complete.
   *
   * @param hashes SHA-256 of these files, by their names
   */
  public void write(Attribution of, Map<String, String> hashes) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", of.method().label());
    json.put("map", describe(of.map()));
    List<Map<String, Object>> companions = new ArrayList<>();
    for (Attribution.Companion companion : of.companions()) {
      Map<String, Object> map = describe(companion.map());
      map.put("name", companion.name());
      companions.add(map);
    }
    json.put("companions", companions);
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (Diagnostic what : Diagnostic.values()) {
      of.diagnostic(what).ifPresent(value -> numbers.put(what.column(), value));
    }
    json.put("diagnostics", numbers);
    json.put(HASHES, hashes);
    JsonFile.write(file(), json);
  }

  /** The hashes of its files, as they were written; nothing where they were not. */
  public JsonNode hashes() throws IOException {
    return Files.exists(file()) ? JsonFile.read(file()).path(HASHES) : MissingNode.getInstance();
  }

  private Path file() {
    return folder.resolve(stem + ".json");
  }

  private static Map<String, Object> describe(SaliencyMap map) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", map.method());
    json.put("unit", map.unit());
    json.put("sign", map.sign().name());
    return json;
  }

  /**
   * The map as it was written; empty when it was not.
   *
   * @throws IOException when its files are damaged
   */
  public Optional<Attribution> read(Method method) throws IOException {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    JsonNode json = JsonFile.read(file());
    Map<Diagnostic, Double> numbers = new EnumMap<>(Diagnostic.class);
    for (Diagnostic what : Diagnostic.values()) {
      JsonNode value = json.path("diagnostics").path(what.column());
      if (value.isNumber()) {
        numbers.put(what, value.asDouble());
      }
    }
    return Optional.of(
        new Attribution(method, map(stem, json.path("map")), companions(json), numbers));
  }

  /** The values of the map alone, as written. */
  SaliencyMap map() throws IOException {
    return map(stem, JsonFile.read(file()).path("map"));
  }

  /** The companions of the map, as written. */
  List<Attribution.Companion> companions() throws IOException {
    return companions(JsonFile.read(file()));
  }

  private List<Attribution.Companion> companions(JsonNode json) throws IOException {
    List<Attribution.Companion> companions = new ArrayList<>();
    for (JsonNode each : json.path("companions")) {
      String name = each.path("name").asText();
      companions.add(new Attribution.Companion(name, map(stem + "-" + name, each)));
    }
    return companions;
  }

  private SaliencyMap map(String name, JsonNode json) throws IOException {
    NpyArray saved = Npy.read(folder.resolve(name + ".npy"));
    try {
      return new SaliencyMap(
          new Canvas(saved.columns(), saved.rows()),
          MapFiles.floats(saved.values()),
          json.path("unit").asText(),
          json.path("method").asText(),
          SignConvention.valueOf(json.path("sign").asText()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file() + " is damaged: " + e.getMessage() + "; remove it", e);
    }
  }
}
