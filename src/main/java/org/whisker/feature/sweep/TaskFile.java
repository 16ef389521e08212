package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.whisker.io.AtomicFiles;
import org.whisker.io.InputFile;

/** Tasks in a file, a line of JSON each, read one by one: there may be a million. */
public final class TaskFile {
  public static final String NAME = "tasks.jsonl";

  private static final JsonMapper MAPPER = new JsonMapper();

  private TaskFile() {}

  /** Takes a task; what it throws ends the reading. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes one.
     *
     * @param index its line, from 0
     * @return whether to go on
     */
    boolean take(SweepTask task, long index) throws IOException;
  }

  /** Writes the file whole or not at all. */
  public static void write(Path file, List<SweepTask> tasks) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          for (SweepTask task : tasks) {
            out.write((line(task) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** A task as text, without the end of a line. */
  public static String line(SweepTask task) throws IOException {
    return MAPPER.writeValueAsString(node(task));
  }

  /**
   * Reads one back.
   *
   * @throws IOException when it is none
   */
  public static SweepTask read(String line) throws IOException {
    return task(MAPPER.readTree(line));
  }

  private static ObjectNode node(SweepTask task) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("key", task.key());
    node.put("kind", task.kind().label());
    node.put("group", task.group());
    node.put("what", task.what());
    node.put("model", task.model());
    node.put("sha256", task.sha256());
    node.put("seed", task.seed());
    node.put("images", task.images());
    node.put("seconds", task.seconds());
    node.put("together", task.together());
    node.set("configuration", task.configuration());
    return node;
  }

  /**
   * Reads line by line.
   *
   * @throws IOException naming file and line when one is no task
   */
  public static void scan(Path file, Reader reader) throws IOException {
    try (BufferedReader in = InputFile.reader(file)) {
      long index = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!reader.take(task(file, line, index + 1), index)) {
          return;
        }
        index++;
      }
    }
  }

  private static SweepTask task(Path file, String line, long number) throws IOException {
    try {
      return read(line);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(
          file + ":" + number + ": is no task of a sweep; plan the sweep again", e);
    }
  }

  private static SweepTask task(JsonNode node) {
    return new SweepTask(
        node.required("key").asText(),
        SweepTask.Kind.valueOf(node.required("kind").asText().toUpperCase(Locale.ROOT)),
        node.required("group").asText(),
        node.required("what").asText(),
        node.required("model").asText(),
        node.required("sha256").asText(),
        node.required("seed").asLong(),
        node.required("images").asDouble(),
        node.required("seconds").asDouble(),
        node.required("together").asInt(),
        node.required("configuration"));
  }
}
