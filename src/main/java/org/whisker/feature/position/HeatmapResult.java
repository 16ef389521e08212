package org.whisker.feature.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.position.BiasDecision;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeComparison;

/**
 * Where the black pixels of evolved images lie.
 *
 * @param folder with the tables
 * @param conditions one a source, in their order
 * @param comparisons every pair of conditions that have a black pixel
 * @param leftOut what was left out and why, a line each
 */
public record HeatmapResult(
    Path folder,
    List<Condition> conditions,
    List<EdgeComparison> comparisons,
    List<String> leftOut) {
  /**
   * A condition.
   *
   * @param folder the name of its folder
   * @param maps all maps and statistics
   * @param decision whether it has an edge bias; empty where all runs are white
   * @param notes what is missing and why, and what a reader should know
   */
  public record Condition(
      String folder, ConditionMaps maps, Optional<BiasDecision> decision, List<String> notes) {
    public Condition {
      notes = List.copyOf(notes);
    }
  }

  public HeatmapResult {
    conditions = List.copyOf(conditions);
    comparisons = List.copyOf(comparisons);
    leftOut = List.copyOf(leftOut);
  }
}
