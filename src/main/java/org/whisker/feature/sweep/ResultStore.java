package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whisker.classifier.Sha256;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;

/**
 * Keeps results of tasks, once each: {@value #RESULTS}/ and {@value #FAILURES}/ with a file a task,
 * in 256 folders by the first two digits of the key, and {@value #CONFLICTS}/. For several threads
 * and processes.
 */
public interface ResultStore {
  String RESULTS = "results";
  String FAILURES = "failed";
  String CONFLICTS = "conflicts";

  /** Ending of a file's name. */
  String SUFFIX = ".json";

  /** What became of a result that was to be kept. */
  enum Kept {
    /** The result was the first. */
    FIRST,
    /** The same result is there already. */
    SAME,
    /** Another result is there already; both are kept. */
    OTHER
  }

  /**
   * Whether there is a file.
   *
   * @param place relative to the store, with slashes
   */
  boolean has(String place) throws IOException;

  /** What a file holds. */
  byte[] read(String place) throws IOException;

  /**
   * Makes a file whole or not at all, unless there is one.
   *
   * @param writer the worker, unlike every other
   * @return whether there was none
   */
  boolean create(String place, byte[] bytes, String writer) throws IOException;

  /** Whether a task has a result, or a failure that would come again. */
  default boolean isDone(TaskKey key) throws IOException {
    return has(place(RESULTS, key)) || has(place(FAILURES, key));
  }

  /** The tasks that are not done. */
  default List<SweepTask> left(List<SweepTask> tasks) throws IOException {
    List<SweepTask> left = new ArrayList<>();
    for (SweepTask task : tasks) {
      if (!isDone(task.key())) {
        left.add(task);
      }
    }
    return left;
  }

  /**
   * Keeps a result, or why there is none, unless there is one.
   *
   * @param writer the worker, unlike every other
   */
  default Kept keep(TaskResult result, String writer) throws IOException {
    String place = place(result.isFailed() ? FAILURES : RESULTS, result.key());
    byte[] bytes = result.bytes();
    if (create(place, bytes, writer)) {
      return Kept.FIRST;
    }
    if (Arrays.equals(read(place), bytes)) {
      return Kept.SAME;
    }
    String hash = Sha256.ofText(new String(bytes, StandardCharsets.UTF_8));
    String other = result.key() + "-" + hash.substring(0, 12) + SUFFIX;
    create(CONFLICTS + "/" + other, bytes, writer);
    return Kept.OTHER;
  }

  /** The keys of all results, and of all failures that are not retried. */
  Set<TaskKey> finished() throws IOException;

  /** The place of a task's file, among the results or the failures. */
  static String place(String kind, TaskKey key) {
    return kind + "/" + key.digits().substring(0, 2) + "/" + key + SUFFIX;
  }

  /** The key whose result a file is; empty for whatever else lies there. */
  static Optional<TaskKey> keyOf(String file) {
    return file.endsWith(SUFFIX)
        ? TaskKey.of(file.substring(0, file.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
