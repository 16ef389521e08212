package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.feature.sweep.SweepFolder.SweepManifest;
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
          + " for sbatch (DIR/slurm.sh), for kubernetes an Indexed Job (DIR/kubernetes.yaml).",
      "Each job does a shard of at least ten minutes, by the times measured when the sweep was"
          + " planned."
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
      "  whisker sweep emit kubernetes question --image registry.example/whisker:1"
    })
@HelpOrder("--max-jobs --cpus --memory --whisker --image --claim --parallelism --quiet --verbose")
final class SweepEmitCommand extends RecordCommand<SweepEmitCommand.Asked> {
  /** What a scheduler is given. */
  record Asked(
      @Option(label = "SCHEDULER", help = "slurm or kubernetes.") String scheduler,
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--max-jobs",
              label = "N",
              defaultValue = "1000",
              min = 1,
              max = 100000,
              help =
                  "Largest number of jobs; for Slurm below MaxArraySize (1001 unless"
                      + " configured).")
          int most,
      @Option(
              names = "--cpus",
              label = "N",
              defaultValue = "1",
              min = 1,
              help = "Cores of a job; portable numerics use one.")
          int cpus,
      @Option(
              names = "--memory",
              label = "MIB",
              defaultValue = "3072",
              min = 512,
              help = "Memory of a job, in MiB.")
          int memory,
      @Option(
              names = "--whisker",
              label = "COMMAND",
              defaultValue = "whisker",
              help = "slurm: whisker on the nodes. Default: ${DEFAULT-VALUE}, on the path.")
          String whisker,
      @Option(names = "--image", label = "IMAGE", help = "kubernetes: the container image.")
          Optional<String> image,
      @Option(
              names = "--claim",
              label = "NAME",
              defaultValue = "whisker",
              help = "kubernetes: the persistent volume claim.")
          String claim,
      @Option(
              names = "--parallelism",
              label = "N",
              defaultValue = "10",
              min = 1,
              help = "kubernetes: pods at a time.")
          int parallelism) {}

  /** Shorter jobs would burden a scheduler more than they compute. */
  private static final double LEAST_SECONDS = 600;

  private static final String SLURM =
      """
      #!/bin/sh
      # {jobs} jobs; send them off with: sbatch slurm.sh
      #SBATCH --job-name=whisker
      #SBATCH --array=1-{jobs}
      #SBATCH --cpus-per-task={cpus}
      #SBATCH --mem={memory}M
      {gpu}#SBATCH --time={minutes}
      #SBATCH --requeue
      {environment}exec {whisker} sweep work {folder} --quiet --shard "$SLURM_ARRAY_TASK_ID/{jobs}"
      """;

  /** Kubernetes 1.29 or newer. A node that goes away is no failure of an index. */
  private static final String KUBERNETES =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: {name}}
      spec:
        completionMode: Indexed
        completions: {jobs}
        parallelism: {parallelism}
        backoffLimitPerIndex: 6
        maxFailedIndexes: {jobs}
        podFailurePolicy:
          rules:
            - action: FailIndex
              onExitCodes: {containerName: worker, operator: In, values: [2]}
            - action: Ignore
              onPodConditions: [{type: DisruptionTarget, status: "True"}]
        template:
          spec:
            restartPolicy: Never
            securityContext: {runAsNonRoot: true}
            containers:
              - name: worker
                image: "{image}"
                command: [sh, -c]
                args: ["exec whisker sweep work /whisker/{folder} --quiet --shard $((JOB_COMPLETION_INDEX + 1))/{jobs}"]
                env:
                  - {name: WHISKER_HOME, value: /whisker}
      {environment}          resources:
                  requests: {cpu: {cpus}, memory: {memory}Mi}
                  limits: {cpu: {cpus}, memory: {memory}Mi{gpu}}
                securityContext: {allowPrivilegeEscalation: false}
                volumeMounts: [{name: data, mountPath: /whisker}]
            volumes: [{name: data, persistentVolumeClaim: {claimName: "{claim}"}}]
      """;

  SweepEmitCommand(Environment environment) {
    super(environment, Asked.class);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    SweepManifest manifest = new SweepFolder(asked.folder()).manifest();
    InvalidRequestException.refuse(manifest.tasks() < 1, "the sweep has no tasks");
    int jobs = jobs(manifest.seconds(), manifest.tasks(), asked.most());
    double seconds = manifest.seconds() / jobs;
    switch (asked.scheduler()) {
      case "slurm" -> write("slurm.sh", slurm(asked, manifest.numerics(), jobs, seconds));
      case "kubernetes" -> write("kubernetes.yaml", kubernetes(asked, manifest.numerics(), jobs));
      default ->
          throw new InvalidRequestException(
              "sweep emit is for slurm or kubernetes, not '" + asked.scheduler() + "'");
    }
    if (!common().quiet()) {
      environment()
          .out()
          .println(Text.of("%,d jobs of about %s", jobs, SweepPlanCommand.time(seconds)));
    }
    return ExitCode.OK;
  }

  /** As many jobs as there can be of at least ten minutes. */
  static int jobs(double seconds, long tasks, int most) {
    return (int) Math.max(1, Math.min(Math.min(seconds / LEAST_SECONDS, (double) tasks), most));
  }

  private void write(String name, String text) throws IOException {
    Path file = config().folder().resolve(name);
    Leftovers.removeAbandonedOf(file);
    AtomicFiles.write(file, text);
    environment().out().println("written to " + file);
  }

  static String slurm(Asked asked, Numerics numerics, int jobs, double seconds) {
    Map<String, Object> words = words(asked, jobs);
    words.put("gpu", isGpu(numerics) ? "#SBATCH --gres=gpu:1\n" : "");
    // a node may be half as fast as the one that planned
    words.put("minutes", 15 + Math.round(2 * seconds / 60));
    words.put("environment", variables(asked, numerics, "export {name}={value}\n"));
    words.put("whisker", quoted(asked.whisker()));
    words.put("folder", quoted(asked.folder().toAbsolutePath().toString()));
    return filled(SLURM, words);
  }

  static String kubernetes(Asked asked, Numerics numerics, int jobs) {
    InvalidRequestException.refuse(
        asked.image().orElse("").isBlank(), "--image names a container image");
    String folder = String.valueOf(asked.folder().toAbsolutePath().normalize().getFileName());
    String name = "whisker-" + folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    InvalidRequestException.refuse(
        !folder.matches("[\\w.-]+") || !name.matches("[a-z0-9-]{0,51}[a-z0-9]"),
        "the sweep's folder has a name of letters, digits, dots and dashes, at most 44, was '"
            + folder
            + "'");
    Map<String, Object> words = words(asked, jobs);
    words.put("name", name);
    words.put("parallelism", Math.min(asked.parallelism(), jobs));
    words.put("image", asked.image().orElseThrow());
    words.put("folder", folder);
    words.put("claim", asked.claim());
    words.put(
        "environment",
        variables(asked, numerics, "            - {name: {name}, value: \"{value}\"}\n"));
    words.put("gpu", isGpu(numerics) ? ", nvidia.com/gpu: 1" : "");
    return filled(KUBERNETES, words);
  }

  private static Map<String, Object> words(Asked asked, int jobs) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("jobs", jobs);
    words.put("cpus", asked.cpus());
    words.put("memory", asked.memory());
    return words;
  }

  private static boolean isGpu(Numerics numerics) {
    return numerics.on().device().equals("gpu");
  }

  /** Native numerics take as many threads as the job has cores. */
  private static String variables(Asked asked, Numerics numerics, String line) {
    Map<String, String> variables = numerics.environment();
    return (variables.isEmpty()
            ? Map.of("OMP_NUM_THREADS", Integer.toString(asked.cpus()))
            : variables)
        .entrySet().stream()
            .map(each -> filled(line, Map.of("name", each.getKey(), "value", each.getValue())))
            .collect(Collectors.joining());
  }

  private static String filled(String template, Map<String, Object> words) {
    String text = template;
    for (Map.Entry<String, Object> word : words.entrySet()) {
      text = text.replace("{" + word.getKey() + "}", word.getValue().toString());
    }
    return text;
  }

  /** A text as one word of a shell. */
  private static String quoted(String text) {
    return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
