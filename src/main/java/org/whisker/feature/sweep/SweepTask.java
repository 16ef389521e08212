package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A task: one run, or one network that is trained, a pure function of what its key is a hash of. A
 * line of {@code tasks.jsonl}.
 *
 * @param key 32 hexadecimal digits, of weights, whole configuration, seed and numerics
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
    String key,
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
  public SweepTask {
    TaskKey.checked(key);
  }

  /** What a task does. */
  public enum Kind {
    /** A run of {@code evolve}. */
    EVOLVE,
    /** A run of an arm of {@code ablate}. */
    ARM,
    /** A network, trained as by {@code train}. */
    TRAIN;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
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
   * so each is checked when it is read: no key leads out of the folder.
   */
  static final class TaskKey {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private TaskKey() {}

    /**
     * The key itself.
     *
     * @throws IllegalArgumentException unless it is 32 hexadecimal digits
     */
    static String checked(String key) {
      if (!FORM.matcher(key).matches()) {
        throw new IllegalArgumentException(
            "a task's key is 32 hexadecimal digits, not '" + key + "'");
      }
      return key;
    }
  }
}
