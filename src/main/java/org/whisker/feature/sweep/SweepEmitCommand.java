package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.sweep.SlurmScript.ShellWord;
import org.whisker.io.AtomicFiles;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Leftovers;
import org.whisker.option.Option;
import org.whisker.value.Text;

/** {@code whisker sweep emit}: what a scheduler needs. */
@Command(
    name = "emit",
    description = {
      "Writes what a scheduler needs to run a sweep, and submits nothing: for slurm a script"
          + " for sbatch (DIR/slurm.sh), for kubernetes an Indexed Job (DIR/kubernetes.yaml),"
          + " for spark a line of spark-submit (DIR/spark.sh).",
      "Each job of slurm and kubernetes does a shard of at least ten minutes, by the times"
          + " measured when the sweep was planned."
    },
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
@HelpOrder(
    "--max-jobs --cpus --memory --whisker --jar --image --claim --path --name"
        + " --parallelism --quiet --verbose")
final class SweepEmitCommand extends RecordCommand<SweepEmitCommand.Asked> {
  /** What a scheduler is given. */
  record Asked(
      @Option(label = "ENGINE", help = "slurm, kubernetes or spark.") String engine,
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--max-jobs",
              label = "N",
              defaultValue = "1000",
              help =
                  "Largest number of jobs; for Slurm below MaxArraySize (1001 unless"
                      + " configured).")
          int most,
      @Option(
              names = "--cpus",
              label = "N",
              defaultValue = "1",
              help =
                  "Cores of a job, or of an executor of Spark; portable numerics use one a task.")
          int cpus,
      @Option(
              names = "--memory",
              label = "MIB",
              defaultValue = "3072",
              help = "Memory of a job, in MiB.")
          int memory,
      @Option(
              names = "--whisker",
              label = "COMMAND",
              defaultValue = "whisker",
              help = "slurm: whisker on the nodes. Default: ${DEFAULT-VALUE}, on the path.")
          String whisker,
      @Option(
              names = "--jar",
              label = "FILE",
              defaultValue = "whisker-spark.jar",
              help = "spark: what mvn -Pspark package made.")
          String jar,
      @Option(names = "--image", label = "IMAGE", help = "kubernetes: the container image.")
          Optional<String> image,
      @Option(
              names = "--claim",
              label = "NAME",
              defaultValue = "whisker",
              help = "kubernetes: the persistent volume claim.")
          String claim,
      @Option(
              names = "--path",
              label = "PATH",
              help = "kubernetes: the sweep's folder in the volume. Default: the name of DIR.")
          Optional<String> path,
      @Option(
              names = "--name",
              label = "NAME",
              help = "kubernetes: the name of the job. Default: made of the name of DIR.")
          Optional<String> name,
      @Option(
              names = "--parallelism",
              label = "N",
              defaultValue = "10",
              help = "kubernetes: pods at a time.")
          int parallelism) {}

  SweepEmitCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    SweepManifest manifest = SweepManifest.open(asked.folder());
    Numerics numerics = manifest.numerics();
    Chunks chunks = Chunks.of(manifest.seconds(), manifest.tasks(), asked.most());
    Resources resources = new Resources(asked.cpus(), asked.memory());
    switch (asked.engine()) {
      case "slurm" ->
          write(
              asked.folder(),
              SlurmScript.NAME,
              SlurmScript.of(
                  asked.folder().toAbsolutePath(), asked.whisker(), numerics, chunks, resources));
      case "kubernetes" ->
          write(
              asked.folder(),
              KubernetesJob.NAME,
              job(asked).manifest(numerics, chunks, resources, parallelism(asked)));
      case "spark" ->
          write(
              asked.folder(),
              SparkSubmitScript.NAME,
              SparkSubmitScript.of(
                  asked.folder().toAbsolutePath(),
                  asked.jar(),
                  environment().home().folder().toAbsolutePath(),
                  numerics,
                  resources));
      default ->
          throw new InvalidRequestException(
              "sweep emit is for slurm, kubernetes or spark, not '" + asked.engine() + "'");
    }
    if (!common().quiet() && !asked.engine().equals("spark")) {
      environment()
          .out()
          .println(
              Text.of("%,d jobs of about %s", chunks.count(), SweepText.time(chunks.seconds())));
    }
    return ExitCode.OK;
  }

  private static int parallelism(Asked asked) {
    InvalidRequestException.refuse(
        asked.parallelism() < 1, "--parallelism must be at least 1, was " + asked.parallelism());
    return asked.parallelism();
  }

  private static KubernetesJob job(Asked asked) {
    String own = String.valueOf(asked.folder().toAbsolutePath().normalize().getFileName());
    String made = "whisker-" + own.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return new KubernetesJob(
        asked.name().orElse(made),
        asked.image().orElse(""),
        asked.claim(),
        asked.path().orElse(own));
  }

  private void write(Path folder, String file, String text) throws IOException {
    Leftovers.removeAbandonedOf(folder.resolve(file));
    AtomicFiles.write(folder.resolve(file), text);
    environment().out().println("written to " + folder.resolve(file));
  }

  /** A line of {@code spark-submit}, as a script that takes more of its options. */
  static final class SparkSubmitScript {
    /** Name of the file that is written beside the tasks. */
    public static final String NAME = "spark.sh";

    private SparkSubmitScript() {}

    /**
     * The script.
     *
     * @param sweep the folder, which all nodes have under this path
     * @param jar whisker's for Spark
     * @param home where the driver finds the models
     * @param resources the resources of an executor, which does as many tasks at a time as it has
     *     cores
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

  /**
   * How a sweep is dealt out to jobs of a scheduler, a shard each.
   *
   * @param count jobs, at least 1
   * @param seconds the seconds that one takes, as far as could be measured when it was planned
   */
  record Chunks(int count, double seconds) {
    /** Kubernetes limits failed indexes to so many. */
    private static final int MOST = 100_000;

    /** Shorter jobs would burden a scheduler more than they compute. */
    private static final double LEAST_SECONDS = 600;

    /**
     * Plans as many chunks as there can be of at least ten minutes.
     *
     * @param seconds the seconds of all tasks
     * @param tasks how many there are, at least 1
     * @param most jobs that the scheduler takes, at least 1
     */
    public static Chunks of(double seconds, long tasks, int most) {
      InvalidRequestException.refuse(tasks < 1, "the sweep has no tasks");
      InvalidRequestException.refuse(
          most < 1 || most > MOST, "--max-jobs is 1 to 100000, was " + most);
      double wanted = Math.floor(seconds / LEAST_SECONDS);
      int count = (int) Math.max(1, Math.min(Math.min(wanted, (double) tasks), most));
      return new Chunks(count, seconds / count);
    }
  }

  /**
   * What a job is given.
   *
   * @param cpus cores, at least 1
   * @param memoryMib memory in MiB, at least 512: the JVM's heap and libtorch's own
   */
  record Resources(int cpus, int memoryMib) {
    private static final int LEAST_MIB = 512;

    public Resources {
      InvalidRequestException.refuse(cpus < 1, "--cpus must be at least 1, was " + cpus);
      InvalidRequestException.refuse(
          memoryMib < LEAST_MIB, "--memory must be at least 512 (MiB), was " + memoryMib);
    }
  }
}
