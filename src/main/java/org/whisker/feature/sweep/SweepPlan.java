package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.io.AtomicFiles;
import org.whisker.io.InputFile;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.OutputFolder;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;

/**
 * A sweep as it is to be done.
 *
 * @param tasks longest first; a key comes again where a run has two names
 * @param skipped experiments that a model can't take, with the reason
 */
public record SweepPlan(
    SweepSpec spec,
    Numerics numerics,
    List<SweepGroup> groups,
    List<SweepTask> tasks,
    List<String> skipped) {
  public static final String COMMAND = SweepManifest.COMMAND;

  /** The configurations, a line each. */
  public static final String GROUPS = "groups.jsonl";

  private static final long MOST_BYTES = 1L << 30;

  public SweepPlan {
    groups = List.copyOf(groups);
    tasks = List.copyOf(tasks);
    skipped = List.copyOf(skipped);
  }

  /**
   * The configurations of a sweep.
   *
   * @throws IOException naming file and line when one can't be read
   */
  public static List<SweepGroup> groups(Path folder) throws IOException {
    Path file = folder.resolve(GROUPS);
    List<SweepGroup> groups = new ArrayList<>();
    JsonMapper mapper = new JsonMapper();
    for (String line : InputFile.text(file, MOST_BYTES).lines().toList()) {
      try {
        groups.add(mapper.readValue(line, SweepGroup.class));
      } catch (JsonProcessingException e) {
        throw new IOException(
            file + ":" + (groups.size() + 1) + ": can't be read; plan the sweep again", e);
      }
    }
    return groups;
  }

  /** Seconds of one process, as far as could be measured. */
  public double seconds() {
    return tasks.stream().mapToDouble(SweepTask::seconds).sum();
  }

  /** Images that are scored, at most, or trained on. */
  public double images() {
    return tasks.stream().mapToDouble(SweepTask::images).sum();
  }

  /**
   * Writes the plan to a new folder, the manifest last.
   *
   * @param out the folder; by default one named after the time
   * @param arguments the command line that asks for it
   */
  public SweepFolder write(Optional<Path> out, List<String> arguments, JobContext context)
      throws IOException {
    Path folder = OutputFolder.create(out, context.home().analyses(), COMMAND, context.clock());
    TaskFile.write(folder.resolve(TaskFile.NAME), tasks);
    JsonMapper mapper = new JsonMapper();
    AtomicFiles.write(
        folder.resolve(GROUPS),
        lines -> {
          for (SweepGroup group : groups) {
            String line = mapper.writeValueAsString(group) + "\n";
            lines.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
    JobManifest.begin(folder, content(arguments, context), spec).plan();
    return new SweepFolder(folder);
  }

  private Map<String, Object> content(List<String> arguments, JobContext context) {
    Map<String, Object> content = new LinkedHashMap<>(Provenance.manifest(COMMAND, context));
    content.put("engine", Classifiers.engine());
    content.put("numerics", numerics.mode().label());
    content.put("device", numerics.on().device());
    content.put("precision", numerics.on().precision().label());
    content.put("environment", numerics.environment());
    Map<String, String> models = new TreeMap<>();
    tasks.stream()
        .filter(task -> !task.model().isEmpty())
        .forEach(task -> models.put(task.model(), task.sha256()));
    content.put("models", models);
    content.put("tasks", tasks.size());
    content.put("seconds", seconds());
    content.put("skipped", skipped);
    content.put("arguments", arguments);
    return content;
  }

  /**
   * A configuration of a sweep, of which there are as many runs as seeds. A line of {@code
   * groups.jsonl}.
   *
   * @param name such as {@code ablate-1}
   * @param command {@code evolve}, {@code ablate} or {@code train}
   * @param options the options that vary or not, by name
   * @param configuration as the command's own
   */
  public record SweepGroup(
      String name, String command, Map<String, String> options, JsonNode configuration) {}
}
