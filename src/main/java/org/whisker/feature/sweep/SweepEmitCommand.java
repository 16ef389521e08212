package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.io.AtomicFiles;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker sweep emit}: what a scheduler needs. */
@Command(
    name = "emit",
    description = {
      "Writes what a scheduler needs to run a sweep, and sends nothing off: for slurm a script for"
          + " sbatch (DIR/slurm.sh), for kubernetes an Indexed Job (DIR/kubernetes.yaml), for spark a"
          + " line of spark-submit (DIR/spark.sh).",
      "Each job of slurm and kubernetes does a shard of at least ten minutes, as far as could be measured when the sweep"
          + " was planned."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "slurm: all nodes have DIR, the models and whisker under the same paths. A node that",
      "fails is tried again (--requeue); after a time limit, send the script off again.",
      "kubernetes: the image has whisker on its path; the volume claim is mounted at",
      "/whisker and has models/ and the sweep's folder. Exit code 2 is never retried.",
      "",
      "Examples:",
      "  whisker sweep emit slurm question --cpus 2",
      "  whisker sweep emit kubernetes question --image registry.example/whisker:1",
      "  whisker sweep emit spark question --cpus 4 --memory 12288"
    })
final class SweepEmitCommand implements Callable<Integer> {
  private static final int MEMORY_MIB = 3_072;
  private static final String SPARK_JAR = "whisker-spark.jar";

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "ENGINE", description = "slurm, kubernetes or spark.")
  private String engine = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "The folder that sweep plan wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Jobs at most; for Slurm below MaxArraySize (1001 as it comes). Default: 1000.")
  private int most = 1000;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Cores of a job, or of an executor of Spark; portable numerics use one a task."
              + " Default: 1.")
  private int cpus = 1;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      defaultValue = "" + MEMORY_MIB,
      description = "Memory of a job, in MiB. Default: 3072.")
  private int memory = MEMORY_MIB;

  @Option(
      names = "--whisker",
      paramLabel = "COMMAND",
      defaultValue = "whisker",
      description = "slurm: whisker on the nodes. Default: whisker, on the path.")
  private String whisker = "whisker";

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      defaultValue = SPARK_JAR,
      description = "spark: what mvn -Pspark package made. Default: whisker-spark.jar.")
  private String jar = SPARK_JAR;

  @Option(names = "--image", paramLabel = "IMAGE", description = "kubernetes: the container image.")
  private @Nullable String image;

  @Option(
      names = "--claim",
      paramLabel = "NAME",
      defaultValue = "whisker",
      description = "kubernetes: the persistent volume claim. Default: whisker.")
  private String claim = "whisker";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "kubernetes: the sweep's folder in the volume. Default: the name of DIR.")
  private @Nullable String path;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "kubernetes: the name of the job. Default: made of the name of DIR.")
  private @Nullable String name;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "10",
      description = "kubernetes: pods at a time. Default: 10.")
  private int parallelism = 10;

  @Mixin private final CommonOptions common = new CommonOptions();

  SweepEmitCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    SweepManifest manifest = SweepManifest.open(folder);
    Numerics numerics = manifest.numerics();
    Chunks chunks = Chunks.of(manifest.seconds(), manifest.tasks(), most);
    Resources resources = new Resources(cpus, memory);
    switch (engine) {
      case "slurm" ->
          write(
              SlurmScript.NAME,
              SlurmScript.of(folder.toAbsolutePath(), whisker, numerics, chunks, resources));
      case "kubernetes" ->
          write(KubernetesJob.NAME, job().manifest(numerics, chunks, resources, parallelism()));
      case "spark" ->
          write(
              SparkSubmitScript.NAME,
              SparkSubmitScript.of(
                  folder.toAbsolutePath(),
                  jar,
                  environment.home().folder().toAbsolutePath(),
                  numerics,
                  resources));
      default ->
          throw new InvalidRequestException(
              "sweep emit is for slurm, kubernetes or spark, not '" + engine + "'");
    }
    if (!common.quiet() && !engine.equals("spark")) {
      environment
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,d jobs of about %s",
                  chunks.count(),
                  SweepText.time(chunks.seconds())));
    }
    return ExitCode.OK;
  }

  private int parallelism() {
    InvalidRequestException.refuse(
        parallelism < 1, "--parallelism must be at least 1, was " + parallelism);
    return parallelism;
  }

  private KubernetesJob job() {
    String own = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    String made = "whisker-" + own.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return new KubernetesJob(
        Optional.ofNullable(name).orElse(made),
        Optional.ofNullable(image).orElse(""),
        claim,
        Optional.ofNullable(path).orElse(own));
  }

  private void write(String file, String text) throws IOException {
    AtomicFiles.write(folder.resolve(file), text);
    environment.out().println("written to " + folder.resolve(file));
  }

  /** A line of {@code spark-submit}, as a script that takes more of its options. */
  static final class SparkSubmitScript {
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
          "exec \"${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit\" --class "
              + Environment.MAIN
              + " \\");
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
}
