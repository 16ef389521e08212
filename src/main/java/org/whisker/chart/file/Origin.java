package org.whisker.chart.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What made a chart, for the metadata of its files. It holds neither a time nor a folder of this
 * machine, so the same manifest makes the same bytes.
 *
 * @param software whisker and its version
 * @param command the command line, with files by their names alone
 * @param seed the seed of all random numbers; may be empty
 * @param model its name and the beginning of its weights' SHA-256; may be empty
 */
record Origin(String software, String command, String seed, String model) {
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![^=,@\\s])(?:[A-Za-z]:)?[/\\\\](?:[^/\\\\,]*[/\\\\])*");
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./~-]+");
  private static final int DIGITS = 12;

  /** The origin of files of which nothing is known; they have no metadata. */
  static Origin unknown() {
    return new Origin("", "", "", "");
  }

  /** The origin of files that belong to a manifest. */
  static Origin of(JsonNode manifest) {
    String version = manifest.at("/versions/whisker").asText(manifest.path("whisker").asText());
    return new Origin(
        ("whisker " + version).strip(), command(manifest), seed(manifest), model(manifest));
  }

  private static String command(JsonNode manifest) {
    List<String> words = new ArrayList<>(List.of("whisker"));
    words.add(manifest.path("command").asText());
    for (JsonNode argument : manifest.path("arguments")) {
      String word = FOLDERS.matcher(argument.asText()).replaceAll("");
      words.add(PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return String.join(" ", words);
  }

  private static String seed(JsonNode manifest) {
    JsonNode seed = manifest.path("seed");
    return (seed.isMissingNode() ? manifest.path("configuration").findPath("seed") : seed).asText();
  }

  private static String model(JsonNode manifest) {
    String hash = manifest.at("/model/sha256").asText();
    String begin = hash.substring(0, Math.min(DIGITS, hash.length()));
    return (manifest.at("/model/name").asText() + " " + begin).strip();
  }

  /** What is known, by name. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "Software", software);
    put(entries, "Command", command);
    put(entries, "Seed", seed);
    put(entries, "Model", model);
    return entries;
  }

  private static void put(Map<String, String> entries, String name, String value) {
    if (!value.isEmpty()) {
      entries.put(name, value);
    }
  }
}
