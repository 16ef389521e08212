package org.whisker.feature.sweep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/**
 * A task: one run, or one network that is trained, a pure function of what its key is a hash of. A
 * line of {@code tasks.jsonl}.
 *
 * @param key of weights, whole configuration, seed and numerics
 * @param group the part of the spec that asks for it, such as {@code evolve-2}
 * @param what is run, for people; tasks of one group and one text differ in the seed alone
 * @param model as the spec names it; empty for a network that begins with fresh weights
 * @param sha256 the SHA-256 of the model's weights; empty where there is no model
 * @param images the number of images that it scores, at most, or is trained on
 * @param seconds the seconds that it takes, as far as could be measured when it was planned
 * @param together how many tasks like this one had better be done at once, at least 1
 * @param configuration all else, see the class that runs it
 */
public record SweepTask(
    TaskKey key,
    Kind kind,
    String group,
    String what,
    String model,
    String sha256,
    long seed,
    double images,
    double seconds,
    int together,
    JsonNode configuration) {

  public enum Kind implements Labelled {
    /** A run of {@code evolve}. */
    EVOLVE,
    /** A run of an arm of {@code ablate}. */
    ARM,
    /** A network, trained as by {@code train}. */
    TRAIN;
  }

  /**
   * Moves the task to another device of its kind, such as {@code gpu:1}; its key stays as it is.
   */
  public SweepTask on(String device) {
    ObjectNode moved = configuration.deepCopy();
    ObjectNode holder = kind == Kind.ARM ? (ObjectNode) moved.at("/ablate/on") : moved;
    holder.put("device", device);
    return new SweepTask(
        key, kind, group, what, model, sha256, seed, images, seconds, together, moved);
  }

  /** Whether both can be done with what is open for one of them. */
  public boolean isLike(SweepTask other) {
    return kind == other.kind && group.equals(other.group) && what.equals(other.what);
  }

  /**
   * Keys of tasks name files in a sweep's folder. A file of tasks or a result comes from anywhere,
   * so none is a text: no key leads out of the folder.
   *
   * @param digits 32 hexadecimal ones
   */
  public record TaskKey(@JsonValue String digits) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException unless it is 32 hexadecimal digits
     */
    @JsonCreator
    public TaskKey {
      if (!FORM.matcher(digits).matches()) {
        throw new IllegalArgumentException(
            "a task's key is 32 hexadecimal digits, not '" + digits + "'");
      }
    }

    /** The key that a text is; empty where it is none. */
    static Optional<TaskKey> of(String text) {
      return FORM.matcher(text).matches() ? Optional.of(new TaskKey(text)) : Optional.empty();
    }

    @Override
    public String toString() {
      return digits;
    }
  }

  /**
   * What came of a task: tables as text, or why there are none.
   *
   * @param tables by file name, as the command that a task is a part of writes them
   * @param failure why it fails each time, in one line
   */
  record TaskResult(TaskKey key, Map<String, String> tables, Optional<String> failure) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String KEY = "key";
    private static final String TABLES = "tables";
    private static final String FAILURE = "failure";

    public TaskResult {
      tables = new LinkedHashMap<>(tables);
      Checks.refuse(
          tables.isEmpty() != failure.isPresent(), "task %s has tables or a failure", key);
    }

    public static TaskResult of(TaskKey key, Map<String, String> tables) {
      return new TaskResult(key, tables, Optional.empty());
    }

    /** A result of a task that fails each time. */
    public static TaskResult failed(TaskKey key, String why) {
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
      ObjectNode node = MAPPER.createObjectNode().put(KEY, key.digits());
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
        return new TaskResult(new TaskKey(node.path(KEY).asText()), tables, failure);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(file + " is no result of a task; remove it, and work again", e);
      }
    }
  }
}
