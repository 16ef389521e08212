package org.whisker.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.whisker.classifier.Sha256;

/**
 * Where results of tasks are kept, once each: {@value #RESULTS}/ and {@value #FAILURES}/ with a
 * file a task, in 256 folders by the first two digits of the key, and {@value #CONFLICTS}/. For
 * several threads and processes.
 */
public interface ResultStore {
  String RESULTS = "results";
  String FAILURES = "failed";
  String CONFLICTS = "conflicts";

  /** Of a file. */
  String SUFFIX = ".json";

  /** What became of a result that was to be kept. */
  enum Kept {
    /** It was the first. */
    FIRST,
    /** There is the same one already. */
    SAME,
    /** There is another one; both are kept. */
    OTHER
  }

  /** Whether a task has a result, or a failure that would come again. */
  boolean isDone(String key) throws IOException;

  /**
   * Keeps a result, or why there is none, unless there is one.
   *
   * @param writer the worker, unlike every other
   */
  Kept keep(TaskResult result, String writer) throws IOException;

  /** The keys of all results, and of all failures that are not retried. */
  Set<String> finished() throws IOException;

  /** Where a task's file lies among the results, or among the failures. */
  static String place(String key) {
    return key.substring(0, 2) + "/" + key + SUFFIX;
  }

  /** Where a result that differs from the first lies among the conflicts. */
  static String placeOfOther(TaskResult result) throws IOException {
    String hash = Sha256.ofText(new String(result.bytes(), StandardCharsets.UTF_8));
    return result.key() + "-" + hash.substring(0, 12) + SUFFIX;
  }
}
