package org.whisker.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;
import org.whisker.job.InvalidRequestException;

/**
 * Where Spark runs.
 *
 * @param url such as {@code local[4]} or {@code spark://head:7077}
 */
record Master(String url) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[([\\d*]+)(?:,\\s*(\\d+))?])?");

  /** The one that is asked for, or else that of {@code spark-submit}. */
  static Master of(EngineRequest request, SparkConf conf) {
    String url = request.master().orElse(conf.get("spark.master", ""));
    InvalidRequestException.refuse(
        url.isEmpty(),
        "name where Spark runs: --master local[*], spark://HOST:PORT, k8s://URL, yarn");
    InvalidRequestException.refuse(
        !url.matches("local.*|spark://.+|k8s://.+|yarn"),
        "--master is local[N], spark://HOST:PORT, k8s://URL or yarn, was '" + url + "'");
    return new Master(url);
  }

  /** Whether tasks are done in this process. */
  boolean isLocal() {
    return LOCAL.matcher(url).matches();
  }

  /** Whether Spark has it in a jar that only its distributions bring. */
  boolean needsDistribution() {
    return url.startsWith("k8s://") || url.equals("yarn");
  }

  /** How often a task is tried, at least 1. */
  int attempts(SparkConf conf) {
    Matcher local = LOCAL.matcher(url);
    if (!local.matches()) {
      return conf.getInt("spark.task.maxFailures", 4);
    }
    return local.group(2) == null ? 1 : Integer.parseInt(local.group(2));
  }
}
