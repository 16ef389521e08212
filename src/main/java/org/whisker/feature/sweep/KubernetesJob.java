package org.whisker.feature.sweep;

import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.feature.sweep.SweepEmitCommand.Chunks;
import org.whisker.feature.sweep.SweepEmitCommand.Resources;
import org.whisker.job.InvalidRequestException;
import org.whisker.value.Text;

/**
 * An Indexed Job of Kubernetes (1.29 or newer), a shard an index.
 *
 * @param name the name of the job
 * @param image the image of a container that has whisker as {@code whisker} on its path
 * @param claim the volume claim that has the models and the sweep, mounted at {@value #MOUNT}
 * @param folder the folder of the sweep, in the volume
 */
public record KubernetesJob(String name, String image, String claim, String folder) {
  /** Name of the file that is written beside the tasks. */
  public static final String NAME = "kubernetes.yaml";

  static final String MOUNT = "/whisker";

  private static final String CONTAINER = "worker";

  /** How often an index is tried again, after an eviction or a full disk. */
  private static final int RETRIES = 6;

  /** What whisker ends with where trying again is in vain. */
  private static final int NEVER_RETRY = 2;

  public KubernetesJob {
    InvalidRequestException.refuse(
        !name.matches("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?"),
        "the name of a job has small letters, digits and dashes, was '"
            + name
            + "'; name another by --name");
    InvalidRequestException.refuse(image.isBlank(), "--image names a container image");
    InvalidRequestException.refuse(
        !folder.matches("[\\w./-]+"),
        "--path has letters, digits, dots, dashes and slashes alone, was '" + folder + "'");
  }

  /** The manifest of the job, in YAML. */
  public String manifest(Numerics numerics, Chunks chunks, Resources resources, int parallelism)
      throws IOException {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("completionMode", "Indexed");
    spec.put("completions", chunks.count());
    spec.put("parallelism", Math.min(parallelism, chunks.count()));
    spec.put("backoffLimitPerIndex", RETRIES);
    spec.put("maxFailedIndexes", chunks.count());
    spec.put("podFailurePolicy", Map.of("rules", List.of(neverRetry(), evicted())));
    spec.put("template", Map.of("spec", pod(numerics, chunks, resources)));
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("apiVersion", "batch/v1");
    job.put("kind", "Job");
    job.put("metadata", Map.of("name", name));
    job.put("spec", spec);
    return YAMLMapper.builder()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .build()
        .writeValueAsString(job);
  }

  private static Map<String, Object> neverRetry() {
    Map<String, Object> codes = new LinkedHashMap<>();
    codes.put("containerName", CONTAINER);
    codes.put("operator", "In");
    codes.put("values", List.of(NEVER_RETRY));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("action", "FailIndex");
    rule.put("onExitCodes", codes);
    return rule;
  }

  /** A node that goes away is no failure of the index. */
  private static Map<String, Object> evicted() {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", "DisruptionTarget");
    condition.put("status", "True");
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("action", "Ignore");
    rule.put("onPodConditions", List.of(condition));
    return rule;
  }

  private Map<String, Object> pod(Numerics numerics, Chunks chunks, Resources resources) {
    Map<String, Object> pod = new LinkedHashMap<>();
    pod.put("restartPolicy", "Never");
    pod.put("securityContext", Map.of("runAsNonRoot", true));
    pod.put("containers", List.of(container(numerics, chunks, resources)));
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("name", "data");
    volume.put("persistentVolumeClaim", Map.of("claimName", claim));
    pod.put("volumes", List.of(volume));
    return pod;
  }

  private Map<String, Object> container(Numerics numerics, Chunks chunks, Resources resources) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", CONTAINER);
    container.put("image", image);
    container.put("command", List.of("sh", "-c"));
    // indices are from 0, shards from 1
    container.put(
        "args",
        List.of(
            Text.of(
                "exec whisker sweep work %s/%s --quiet --shard $((JOB_COMPLETION_INDEX + 1))/%d",
                MOUNT, folder, chunks.count())));
    container.put("env", environment(numerics, resources));
    container.put("resources", resources(numerics, resources));
    container.put("securityContext", Map.of("allowPrivilegeEscalation", false));
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("name", "data");
    mount.put("mountPath", MOUNT);
    container.put("volumeMounts", List.of(mount));
    return container;
  }

  private static List<Map<String, String>> environment(Numerics numerics, Resources resources) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("WHISKER_HOME", MOUNT);
    all.putAll(SlurmScript.environment(numerics, resources));
    List<Map<String, String>> list = new ArrayList<>();
    all.forEach(
        (variable, value) -> {
          Map<String, String> each = new LinkedHashMap<>();
          each.put("name", variable);
          each.put("value", value);
          list.add(each);
        });
    return list;
  }

  private static Map<String, Object> resources(Numerics numerics, Resources resources) {
    Map<String, String> amounts = new LinkedHashMap<>();
    amounts.put("cpu", Integer.toString(resources.cpus()));
    amounts.put("memory", resources.memoryMib() + "Mi");
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("requests", amounts);
    Map<String, String> limits = new LinkedHashMap<>(amounts);
    if (numerics.on().device().equals("gpu")) {
      limits.put("nvidia.com/gpu", "1"); // GPUs are limits alone
    }
    all.put("limits", limits);
    return all;
  }
}
