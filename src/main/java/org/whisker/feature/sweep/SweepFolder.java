package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.io.InputFile;

/**
 * The folder that workers share: {@code results/} and {@code failed/} with a file a task, in 256
 * folders by the first two digits of the key; {@code conflicts/}; {@code claims/} and {@code
 * workers/}, which say who is busy with what and decide nothing. No file is ever written twice, and
 * nothing is locked.
 */
public record SweepFolder(Path path) implements ResultStore {

  public Path tasks() {
    return path.resolve(TaskFile.NAME);
  }

  public Path claims() {
    return path.resolve("claims");
  }

  public Path workers() {
    return path.resolve("workers");
  }

  @Override
  public boolean has(String place) throws IOException {
    return Files.exists(inside(place));
  }

  @Override
  public byte[] read(String place) throws IOException {
    return InputFile.bytes(inside(place));
  }

  @Override
  public boolean create(String place, byte[] bytes, String writer) throws IOException {
    return AtomicFiles.create(inside(place), bytes, writer);
  }

  private Path inside(String place) throws IOException {
    return new Contained(path).resolve(place);
  }

  /**
   * The result of a task, or its failure; empty when it is not done.
   *
   * @throws IOException naming a file that can't be read
   */
  public Optional<TaskResult> find(TaskKey key) throws IOException {
    Optional<TaskResult> result = result(ResultStore.place(RESULTS, key));
    return result.isPresent() ? result : result(ResultStore.place(FAILURES, key));
  }

  private Optional<TaskResult> result(String place) throws IOException {
    Optional<byte[]> bytes = InputFile.ifThere(inside(place));
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(TaskResult.read(bytes.get(), inside(place)));
  }

  @Override
  public Set<TaskKey> finished() throws IOException {
    Set<TaskKey> finished = new HashSet<>(succeeded());
    finished.addAll(failed());
    return finished;
  }

  public Set<TaskKey> succeeded() throws IOException {
    return keys(path.resolve(RESULTS));
  }

  /** The keys of all failures that are not retried. */
  public Set<TaskKey> failed() throws IOException {
    return keys(path.resolve(FAILURES));
  }

  /** The keys for which there are two results that differ. */
  public Set<TaskKey> conflicts() throws IOException {
    Set<TaskKey> keys = new HashSet<>();
    for (String name : names(path.resolve(CONFLICTS))) {
      TaskKey.of(name.replaceFirst("-.*", "")).ifPresent(keys::add);
    }
    return keys;
  }

  private static Set<TaskKey> keys(Path folder) throws IOException {
    Set<TaskKey> keys = new HashSet<>();
    for (String prefix : names(folder)) {
      for (String name : names(folder.resolve(prefix))) {
        ResultStore.keyOf(name).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** The names in a folder, without temporary files; none where there is no such folder. */
  public static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }

  /** Tasks in a file, a line of JSON each, read one by one: there may be a million. */
  public static final class TaskFile {
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
      node.put("key", task.key().digits());
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
          new TaskKey(node.required("key").asText()),
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
}
