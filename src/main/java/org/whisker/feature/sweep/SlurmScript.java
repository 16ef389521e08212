package org.whisker.feature.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.feature.sweep.SweepEmitCommand.Chunks;
import org.whisker.feature.sweep.SweepEmitCommand.Resources;
import org.whisker.value.Text;

/** A script for {@code sbatch}: an array of jobs, a shard each. */
public final class SlurmScript {
  /** Name of the file that is written beside the tasks. */
  public static final String NAME = "slurm.sh";

  private static final int SECONDS_A_MINUTE = 60;
  private static final int SPARE_MINUTES = 15;

  private SlurmScript() {}

  /**
   * The script.
   *
   * @param sweep the folder, which all nodes have under this path
   * @param whisker the command, on all nodes
   */
  public static String of(
      Path sweep, String whisker, Numerics numerics, Chunks chunks, Resources resources) {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("# " + chunks.count() + " jobs; send them off with: sbatch " + NAME);
    options(numerics, chunks, resources)
        .forEach((name, value) -> lines.add("#SBATCH --" + name + "=" + value));
    lines.add("#SBATCH --requeue");
    environment(numerics, resources)
        .forEach((name, value) -> lines.add("export " + name + "=" + value));
    lines.add(
        Text.of(
            "exec %s sweep work %s --quiet --shard \"$SLURM_ARRAY_TASK_ID/%d\"",
            ShellWord.of(whisker), ShellWord.of(sweep.toString()), chunks.count()));
    return String.join("\n", lines) + "\n";
  }

  private static Map<String, String> options(
      Numerics numerics, Chunks chunks, Resources resources) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("job-name", "whisker");
    options.put("array", "1-" + chunks.count());
    options.put("cpus-per-task", Integer.toString(resources.cpus()));
    options.put("mem", resources.memoryMib() + "M");
    if (numerics.on().device().equals("gpu")) {
      options.put("gres", "gpu:1");
    }
    // a node may be half as fast as the one that planned
    long minutes = SPARE_MINUTES + Math.round(2 * chunks.seconds() / SECONDS_A_MINUTE);
    options.put("time", Long.toString(minutes));
    return options;
  }

  /** Native numerics take as many threads as the job has cores. */
  static Map<String, String> environment(Numerics numerics, Resources resources) {
    Map<String, String> environment = numerics.environment();
    return environment.isEmpty()
        ? Map.of("OMP_NUM_THREADS", Integer.toString(resources.cpus()))
        : environment;
  }

  static final class ShellWord {
    private ShellWord() {}

    /** The text as one word, quoted if need be. */
    static String of(String text) {
      return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
  }
}
