package org.whisker.spark;

import org.apache.spark.SparkConf;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;

/** What a sweep needs of Spark; what a user sets is kept, but for what would change results. */
final class SparkDefaults {
  private static final String NAME = "spark.app.name";
  private static final String ENVIRONMENT = "spark.executorEnv.";

  private SparkDefaults() {}

  /** Whether {@code spark-submit} began this process. */
  static boolean isSubmitted() {
    return Boolean.getBoolean("SPARK_SUBMIT");
  }

  static void into(SparkConf conf, EngineRequest request, Master master) {
    conf.setMaster(master.url());
    if (conf.get(NAME, "org.whisker").startsWith("org.whisker")) { // else it is the user's
      conf.setAppName("whisker sweep " + request.folder().path().getFileName());
    }
    conf.setIfMissing("spark.log.level", "WARN");
    // the second of two equal runs would be thrown away
    conf.set("spark.speculation", "false");
    memory(conf);
    NodeVariables.of(request.numerics(), conf)
        .forEach((name, value) -> conf.set(ENVIRONMENT + name, value));
    conf.setIfMissing(ENVIRONMENT + "OMP_WAIT_POLICY", "passive");
    if (request.numerics().on().device().equals("gpu") && !master.isLocal()) {
      conf.setIfMissing("spark.executor.resource.gpu.amount", "1");
      conf.setIfMissing("spark.task.resource.gpu.amount", "1");
    }
  }

  /** A network's memory is libtorch's, outside of the heap. */
  private static void memory(SparkConf conf) {
    conf.setIfMissing("spark.executor.memory", "2g");
    if (!conf.contains("spark.executor.memoryOverheadFactor")) {
      conf.setIfMissing("spark.executor.memoryOverhead", "2g");
    }
  }
}
