package org.whisker.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.whisker.feature.sweep.Numerics;
import org.whisker.feature.sweep.SweepEngine;
import org.whisker.feature.sweep.SweepFolder;
import org.whisker.feature.sweep.SweepWorker.WorkResult;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;

/**
 * Does sweeps by Spark: a task of Spark's is a shard, done as by {@code sweep work}. Executors have
 * the sweep's folder and the models under the same paths; what dies with an executor, Spark gives
 * to another.
 */
public final class SparkEngine implements SweepEngine {
  private static final String EXECUTOR = "spark.executorEnv.";
  private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";
  private static final long POLL_MILLIS = 200;

  /** Shards for each that is done at once, so that none is idle for long at the end. */
  private static final int SHARDS = 8;

  @Override
  public Map<String, String> variables(Numerics numerics, Optional<String> master) {
    SparkConf conf = conf(master);
    if (!isLocal(conf)) {
      return Map.of(); // executors get them from Spark
    }
    Map<String, String> variables = variables(numerics, conf);
    InvalidRequestException.refuse(
        isSubmitted() && !System.getenv().entrySet().containsAll(variables.entrySet()),
        "spark-submit --master local does the tasks in its own process, which needs from its"
            + " beginning: "
            + variables);
    return variables;
  }

  /** Those of the numerics; without any, as many threads a task as Spark gives it cores. */
  private static Map<String, String> variables(Numerics numerics, SparkConf conf) {
    Map<String, String> variables = new LinkedHashMap<>(numerics.environment());
    variables.putIfAbsent("OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
    return variables;
  }

  /** As Spark is set up, where it runs as asked. */
  private static SparkConf conf(Optional<String> master) {
    SparkConf conf = new SparkConf();
    master.ifPresent(conf::setMaster);
    String url = conf.get("spark.master", "");
    InvalidRequestException.refuse(
        !url.matches("local.*|spark://.+|k8s://.+|yarn"),
        "--master is local[N], spark://HOST:PORT, k8s://URL or yarn, was '" + url + "'");
    return conf;
  }

  private static boolean isLocal(SparkConf conf) {
    return conf.get("spark.master").startsWith("local");
  }

  /** Whether {@code spark-submit} began this process. */
  private static boolean isSubmitted() {
    return Boolean.getBoolean("SPARK_SUBMIT");
  }

  @Override
  public WorkResult run(SweepFolder folder, Optional<String> master, JobContext context)
      throws IOException {
    Numerics numerics = folder.manifest().numerics();
    SparkConf conf = conf(master);
    conf.setIfMissing("spark.app.name", "whisker sweep " + folder.path().getFileName());
    conf.setIfMissing("spark.log.level", "WARN");
    conf.set("spark.speculation", "false"); // the second of two equal runs would be in vain
    conf.setIfMissing("spark.executor.memory", "2g");
    conf.setIfMissing("spark.executor.memoryOverhead", "2g"); // networks lie outside of the heap
    variables(numerics, conf).forEach((name, value) -> conf.set(EXECUTOR + name, value));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      if (!isLocal(conf)) {
        sendJars(spark);
      }
      return run(spark, folder, context);
    } catch (IOException | InvalidRequestException e) {
      throw e;
    } catch (Exception e) { // Scala declares nothing
      throw new IOException(
          "Spark on "
              + conf.get("spark.master")
              + " ended: "
              + FailureMessage.oneLine(FailureMessage.message(e)),
          e);
    }
  }

  private static WorkResult run(JavaSparkContext spark, SweepFolder folder, JobContext context)
      throws IOException, ExecutionException, InterruptedException {
    BooleanSupplier stopped = context.stop().listen();
    long tasks = folder.manifest().tasks();
    int shards = (int) Math.min(tasks, (long) SHARDS * spark.defaultParallelism());
    List<Integer> numbers = new ArrayList<>();
    for (int shard = 1; shard <= shards; shard++) {
      numbers.add(shard);
    }
    LongAccumulator done = spark.sc().longAccumulator("shards done");
    String home = context.home().folder().toAbsolutePath().toString();
    ShardFunction work = new ShardFunction(folder.path().toString(), home, shards, done);
    JavaFutureAction<List<String>> action =
        spark.parallelize(numbers, Math.max(1, shards)).map(work).collectAsync();
    try (Progress progress = context.progress("doing shards", shards)) {
      while (!stopped.getAsBoolean()) {
        try {
          WorkResult sum = new WorkResult(0, 0, Map.of());
          for (String result : action.get(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            sum = sum.plus(ShardFunction.result(result));
          }
          return sum;
        } catch (TimeoutException e) {
          progress.stepTo(done.value());
        }
      }
      spark.cancelAllJobs();
      return new WorkResult(0, 0, Map.of());
    }
  }

  /**
   * Sends executors whisker's jar, unless {@code spark-submit} did, and the jars of machine code in
   * {@code natives/} beside, unless they have that of libtorch.
   */
  private static void sendJars(JavaSparkContext spark) throws IOException, URISyntaxException {
    Path own =
        Path.of(SparkEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(own)) {
      return; // classes in a folder
    }
    if (!isSubmitted()) {
      spark.addJar(own.toUri().toString());
    }
    boolean has =
        System.getenv().containsKey(LIBTORCH) || spark.getConf().contains(EXECUTOR + LIBTORCH);
    Path natives = own.resolveSibling("natives");
    if (!Files.isDirectory(natives)) {
      return;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(natives, "*.jar")) {
      for (Path jar : jars) {
        if (!has || !jar.getFileName().toString().startsWith("pytorch-native")) {
          spark.addJar(jar.toUri().toString());
        }
      }
    }
  }
}
