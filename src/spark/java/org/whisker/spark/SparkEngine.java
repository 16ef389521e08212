package org.whisker.spark;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.whisker.feature.sweep.SweepEngine;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;

/** Does sweeps by Spark. */
public final class SparkEngine implements SweepEngine {
  @Override
  public String name() {
    return "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  @Override
  public Map<String, String> variables(EngineRequest request) {
    SparkConf conf = new SparkConf();
    Master master = Master.of(request, conf);
    if (!master.isLocal()) {
      return Map.of(); // executors get them from Spark
    }
    Map<String, String> variables = NodeVariables.of(request.numerics(), conf);
    InvalidRequestException.refuse(
        SparkDefaults.isSubmitted()
            && !System.getenv().entrySet().containsAll(variables.entrySet()),
        "spark-submit --master local does the tasks in its own process, which needs from its beginning: export "
            + words(variables));
    return variables;
  }

  private static String words(Map<String, String> variables) {
    StringBuilder words = new StringBuilder();
    new LinkedHashMap<>(variables).forEach((k, v) -> words.append(k + "=" + v + " "));
    return words.toString().strip();
  }

  @Override
  public WorkResult run(EngineRequest request, JobContext context) throws IOException {
    SparkConf conf = new SparkConf();
    Master master = Master.of(request, conf);
    SparkDefaults.into(conf, request, master);
    try (JavaSparkContext spark = open(conf, master)) {
      return run(spark, request, master, context);
    } finally {
      Node.closeAll(); // of this process
    }
  }

  /** Spark ends its context where a cluster gives it up, and then throws whatever comes first. */
  private static WorkResult run(
      JavaSparkContext spark, EngineRequest request, Master master, JobContext context)
      throws IOException {
    try (SparkSweep sweep = new SparkSweep(spark, request, master, context)) {
      return sweep.run();
    } catch (RuntimeException e) {
      if (!spark.sc().isStopped()) {
        throw e;
      }
      throw new IOException(
          "Spark was ended on %s, see above; look whether it is there and its executors begin"
              .formatted(master.url()),
          e);
    }
  }

  /** Spark's own messages have several lines, or are a class name. */
  private static JavaSparkContext open(SparkConf conf, Master master) throws IOException {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala declares nothing
      boolean unknown = e instanceof SparkException && master.needsDistribution();
      throw new IOException(
          unknown
              ? master.url() + " needs a distribution of Spark: name its folder by SPARK_HOME"
              : "Spark does not begin on "
                  + master.url()
                  + ": "
                  + FailureMessage.oneLine(FailureMessage.message(e)),
          e);
    }
  }
}
