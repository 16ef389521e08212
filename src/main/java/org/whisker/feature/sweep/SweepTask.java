package org.whisker.feature.sweep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/**
 * A task: one run, a pure function of what its key is a hash of. A line of {@code tasks.jsonl}.
 *
 * @param key of weights, whole configuration, seed and numerics
 * @param group the configuration that asks for it, such as {@code evolve-2}
 * @param what is run, for people; tasks of one group and one text differ in the seed alone
 * @param model as the spec names it
 * @param sha256 the SHA-256 of the model's weights
 * @param images the number of images that it scores, at most
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
    JsonNode configuration) {

  public enum Kind implements Labelled {
    /** A run of {@code evolve}. */
    @JsonProperty("evolve")
    EVOLVE,
    /** A run of an arm of {@code ablate}. */
    @JsonProperty("arm")
    ARM
  }

  /**
   * Moves the task to another device of its kind, such as {@code gpu:1}; its key stays as it is.
   */
  public SweepTask on(String device) {
    ObjectNode moved = configuration.deepCopy();
    ObjectNode holder = kind == Kind.ARM ? (ObjectNode) moved.at("/ablate/on") : moved;
    holder.put("device", device);
    return new SweepTask(key, kind, group, what, model, sha256, seed, images, moved);
  }

  /**
   * Keys of tasks name files in a sweep's folder. A file of tasks or a result comes from anywhere,
   * so none is a text: no key leads out of the folder.
   *
   * @param digits 32 hexadecimal ones
   */
  public record TaskKey(@JsonValue String digits) {
    private static final int DIGITS = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException unless it is 32 hexadecimal digits
     */
    @JsonCreator
    public TaskKey {
      Checks.refuse(
          !FORM.matcher(digits).matches(),
          "a task's key is 32 hexadecimal digits, not '%s'",
          digits);
    }

    /**
     * A hash of all that a result depends on.
     *
     * @param input the model, see {@link #model}
     * @param configuration all that is asked for but the seed
     */
    static TaskKey of(Kind kind, String input, String configuration, long seed, Numerics numerics) {
      String how = numerics.label(Classifiers.engine());
      List<String> all =
          List.of(
              kind.label(),
              input,
              configuration,
              Long.toString(seed),
              how,
              Provenance.whiskerVersion());
      return new TaskKey(Sha256.ofText(String.join("\n", all)).substring(0, DIGITS));
    }

    /** A model by all that its scores depend on, and not by its name. */
    static String model(ModelCard card) {
      return String.join(
          " ",
          card.weights().sha256(),
          Objects.toString(card.architecture()),
          card.input().toString(),
          card.preprocessing().toString(),
          card.output().toString(),
          card.paddingLabel());
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
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record TaskResult(TaskKey key, Map<String, String> tables, Optional<String> failure) {
    public TaskResult {
      Objects.requireNonNull(key);
      tables = tables == null ? Map.of() : new LinkedHashMap<>(tables);
      Checks.refuse(
          tables.isEmpty() != failure.isPresent(), "task %s has tables or a failure", key);
    }

    static TaskResult of(TaskKey key, Map<String, String> tables) {
      return new TaskResult(key, tables, Optional.empty());
    }

    /** A result of a task that fails each time. */
    static TaskResult failed(TaskKey key, String why) {
      return new TaskResult(key, Map.of(), Optional.of(why));
    }

    /**
     * The text of a table.
     *
     * @throws IOException when it has none of that name
     */
    String table(String name) throws IOException {
      String text = tables.get(name);
      if (text == null) {
        throw new IOException("the result of task " + key + " has no " + name);
      }
      return text;
    }
  }
}
