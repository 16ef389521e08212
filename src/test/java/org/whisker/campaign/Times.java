package org.whisker.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What of a command's files is a clock's, and so differs between equal runs: entries of JSON by
 * their names, and whole files that hold such an entry as text.
 *
 * @param files pages, and tables with a column of seconds
 */
record Times(Set<String> files) {
  private static final Set<String> ENTRIES =
      Set.of(
          "created",
          "seconds",
          "started",
          "finished",
          "updated",
          "nanos",
          "host",
          "pid",
          "note",
          "runs_done_here",
          "cached");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Of two undisturbed runs: what differs between them, beyond entries that are known. */
  static Times of(Tree one, Tree other) throws IOException {
    Times none = new Times(Set.of());
    Set<String> files = new TreeSet<>();
    for (String file : one.files().keySet()) {
      byte[] second = other.files().get(file);
      if (second != null && !none.same(file, one.files().get(file), second)) {
        files.add(file);
      }
    }
    return new Times(files);
  }

  boolean same(String file, byte[] one, byte[] other) throws IOException {
    if (Arrays.equals(one, other) || files.contains(file)) {
      return true;
    }
    return file.endsWith(".json") && without(Tree.json(one)).equals(without(Tree.json(other)));
  }

  /** Without clocks, and without hashes of files, which are compared themselves. */
  private JsonNode without(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove((Collection<String>) ENTRIES);
      object.properties().stream()
          .filter(entry -> files.stream().anyMatch(file -> file.endsWith("/" + entry.getKey())))
          .map(java.util.Map.Entry::getKey)
          .toList()
          .forEach(
              name -> object.put(name, HASH.matcher(object.path(name).asText()).replaceAll("")));
    }
    for (JsonNode child : node) {
      without(child);
    }
    return node;
  }

  List<String> lines() {
    return List.copyOf(files);
  }
}
