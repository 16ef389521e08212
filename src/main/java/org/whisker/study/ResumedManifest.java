package org.whisker.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.io.JsonFile;

/** Whether a folder was begun by the same command with the same options. */
public final class ResumedManifest {
  private ResumedManifest() {}

  /**
   * Compares what a manifest holds with what it would hold now.
   *
   * @param same the entries that must agree
   * @throws InvalidRequestException naming what differs, or when there is nothing left to do
   */
  public static void check(Path folder, Map<String, Object> manifest, List<String> same)
      throws IOException {
    Path file = folder.resolve("manifest.json");
    if (!Files.isRegularFile(file)) {
      throw new InvalidRequestException(
          "--resume " + folder + " has no manifest.json; name a folder that this command wrote");
    }
    JsonNode before = JsonFile.read(file);
    JsonNode now = JsonFile.tree(manifest);
    for (String key : same) {
      if (!before.path(key).equals(now.path(key))) {
        throw new InvalidRequestException(
            "--resume %s was begun with %s %s, not %s; give the same options"
                .formatted(folder, key, before.path(key), now.path(key)));
      }
    }
    if (before.path("status").asText().equals("done")) {
      throw new InvalidRequestException(
          "--resume " + folder + " is done already; there is nothing to do");
    }
  }
}
