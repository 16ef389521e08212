package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.whisker.feature.sweep.SweepTask.TaskKey;

/**
 * What came of a task: tables as text, or why there are none.
 *
 * @param tables by file name, as the command that a task is a part of writes them
 * @param failure why it fails each time, in one line
 */
public record TaskResult(String key, Map<String, String> tables, Optional<String> failure) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String KEY = "key";
  private static final String TABLES = "tables";
  private static final String FAILURE = "failure";

  public TaskResult {
    TaskKey.checked(key);
    tables = new LinkedHashMap<>(tables);
    if (tables.isEmpty() != failure.isPresent()) {
      throw new IllegalArgumentException("task " + key + " has tables or a failure");
    }
  }

  /** A result that has tables. */
  public static TaskResult of(String key, Map<String, String> tables) {
    return new TaskResult(key, tables, Optional.empty());
  }

  /** A result of a task that fails each time. */
  public static TaskResult failed(String key, String why) {
    return new TaskResult(key, Map.of(), Optional.of(why));
  }

  public boolean isFailed() {
    return failure.isPresent();
  }

  /**
   * The text of a table.
   *
   * @throws IOException when it has none of that name
   */
  public String table(String name) throws IOException {
    String text = tables.get(name);
    if (text == null) {
      throw new IOException("the result of task " + key + " has no " + name);
    }
    return text;
  }

  /** The bytes that are kept: the same result has the same bytes. */
  public byte[] bytes() throws IOException {
    ObjectNode node = MAPPER.createObjectNode().put(KEY, key);
    failure.ifPresent(why -> node.put(FAILURE, why));
    if (failure.isEmpty()) {
      ObjectNode texts = node.putObject(TABLES);
      tables.forEach(texts::put);
    }
    return (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static TaskResult read(byte[] bytes, Path file) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      Map<String, String> tables = new LinkedHashMap<>();
      node.path(TABLES).properties().forEach(e -> tables.put(e.getKey(), e.getValue().asText()));
      Optional<String> failure = Optional.ofNullable(node.path(FAILURE).textValue());
      return new TaskResult(node.path(KEY).asText(), tables, failure);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " is no result of a task; remove it, and work again", e);
    }
  }
}
