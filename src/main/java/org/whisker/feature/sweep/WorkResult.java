package org.whisker.feature.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker came to.
 *
 * @param done tasks whose result it kept
 * @param failed tasks of which it kept that they fail each time
 * @param left tasks that it could not do, by key, with the reason; they can be tried again
 * @param conflicts tasks whose result differs from one that was there
 * @param elsewhere batches that other workers are busy with
 * @param stopped whether it was stopped
 */
public record WorkResult(
    int done,
    int failed,
    Map<String, String> left,
    List<String> conflicts,
    int elsewhere,
    boolean stopped) {
  public WorkResult {
    left = Map.copyOf(left);
    conflicts = List.copyOf(conflicts);
  }

  /** The result of no work. */
  public static WorkResult none() {
    return new WorkResult(0, 0, Map.of(), List.of(), 0, false);
  }

  /** What was stopped before its end. */
  public static WorkResult cut() {
    return new WorkResult(0, 0, Map.of(), List.of(), 0, true);
  }

  /** Adds up both results. */
  public WorkResult plus(WorkResult other) {
    Map<String, String> all = new LinkedHashMap<>(left);
    all.putAll(other.left);
    List<String> differing = new ArrayList<>(conflicts);
    differing.addAll(other.conflicts);
    return new WorkResult(
        done + other.done,
        failed + other.failed,
        all,
        differing,
        elsewhere + other.elsewhere,
        stopped || other.stopped);
  }
}
