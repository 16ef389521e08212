package org.whisker.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.whisker.feature.sweep.Numerics;

/** The variables of processes that do tasks. */
final class NodeVariables {
  private NodeVariables() {}

  /** Those of the numerics; without any, as many threads a task as Spark gives it cores. */
  static Map<String, String> of(Numerics numerics, SparkConf conf) {
    Map<String, String> variables = new LinkedHashMap<>(numerics.environment());
    variables.putIfAbsent("OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
    return variables;
  }
}
