package org.whisker.sweep.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.whisker.io.InputFile;
import org.whisker.study.ConfigJson;
import org.whisker.study.FailureMessage;

/** Reads a spec: YAML, or JSON, which is YAML. */
public final class SpecFile {
  private static final long MOST_BYTES = 1 << 20;

  private SpecFile() {}

  /**
   * The spec of a file.
   *
   * @throws IOException in one line that names the file and what is wrong with it
   */
  public static SweepSpec read(Path file) throws IOException {
    return ConfigJson.read(tree(file), SweepSpec.class, file);
  }

  private static JsonNode tree(Path file) throws IOException {
    String text = InputFile.text(file, MOST_BYTES);
    try {
      JsonNode tree = new YAMLMapper().readTree(text);
      if (tree == null || !tree.isObject()) {
        throw new IOException(file + " is no spec of a sweep; it begins with models: and tasks:");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is not valid YAML: " + FailureMessage.oneLine(e.getOriginalMessage()), e);
    }
  }
}
