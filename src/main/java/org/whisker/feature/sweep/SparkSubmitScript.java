package org.whisker.feature.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.command.Environment;

/** A line of {@code spark-submit}, as a script that takes more of its options. */
public final class SparkSubmitScript {
  /** Of the file that is written beside the tasks. */
  public static final String NAME = "spark.sh";

  private SparkSubmitScript() {}

  /**
   * The script.
   *
   * @param sweep the folder, which all nodes have under this path
   * @param jar whisker's for Spark
   * @param home where the driver finds the models
   * @param resources of an executor, which does as many tasks at a time as it has cores
   */
  public static String of(
      Path sweep, String jar, Path home, Numerics numerics, Resources resources) {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("# sh " + NAME + " --master URL [more options of spark-submit]");
    lines.add("export WHISKER_HOME=" + ShellWord.of(home.toString()));
    lines.add(
        "exec \"${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit\" --class " + Environment.MAIN + " \\");
    options(numerics, resources)
        .forEach((name, value) -> lines.add("  --conf " + name + "=" + value + " \\"));
    lines.add(
        "  \"$@\" %s sweep run %s --quiet"
            .formatted(ShellWord.of(jar), ShellWord.of(sweep.toString())));
    return String.join("\n", lines) + "\n";
  }

  private static Map<String, String> options(Numerics numerics, Resources resources) {
    Map<String, String> options = new LinkedHashMap<>();
    boolean gpu = numerics.on().device().equals("gpu");
    options.put("spark.executor.cores", Integer.toString(resources.cpus()));
    // a GPU has one task, with all cores; else each core has one
    options.put("spark.task.cpus", gpu ? Integer.toString(resources.cpus()) : "1");
    // networks lie outside of the heap
    options.put("spark.executor.memory", resources.memoryMib() / 2 + "m");
    options.put(
        "spark.executor.memoryOverhead", resources.memoryMib() - resources.memoryMib() / 2 + "m");
    if (gpu) {
      options.put("spark.executor.resource.gpu.amount", "1");
      options.put("spark.task.resource.gpu.amount", "1");
    }
    return options;
  }
}
