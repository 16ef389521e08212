package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.job.ConfigJson;

/**
 * What the configuration of an arm's task says, besides the {@link AblateConfig} that has it.
 *
 * @param experiment its id
 * @param arm its name
 * @param owner and
 * @param armKey by which runs of ablations are kept
 */
public record ArmTaskJson(String experiment, String arm, String owner, String armKey) {
  private static final String ABLATE = "ablate";

  /** The whole configuration. */
  public JsonNode write(AblateConfig config) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("experiment", experiment);
    node.put("arm", arm);
    node.put("owner", owner);
    node.put("arm_key", armKey);
    node.set(ABLATE, ConfigJson.write(config));
    return node;
  }

  /** That of a task. */
  public static ArmTaskJson of(SweepTask task) {
    JsonNode node = task.configuration();
    return new ArmTaskJson(
        node.path("experiment").asText(),
        node.path("arm").asText(),
        node.path("owner").asText(),
        node.path("arm_key").asText());
  }

  /**
   * The configuration of ablations that has a task's arm.
   *
   * @param file that the task is from, for the message
   */
  public static AblateConfig config(SweepTask task, Path file) throws IOException {
    return ConfigJson.read(task.configuration().path(ABLATE), AblateConfig.class, file);
  }
}
