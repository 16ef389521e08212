package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.io.InputFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobManifest;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.value.IoConsumer;

/**
 * The folder that workers share: the tasks and the configurations, a line each, and {@code
 * results/} with a file a task, in 256 folders by the first two digits of the key. A result is
 * there whole or not at all; nothing is locked.
 */
public record SweepFolder(Path path) {
  static final String COMMAND = "sweep";
  static final String TASKS = "tasks.jsonl";
  static final String GROUPS = "groups.jsonl";
  static final String RESULTS = "results";

  private static final long MOST_BYTES = 1L << 30;
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A configuration of a sweep, of which there are as many runs as seeds. A line of {@value
   * #GROUPS}.
   *
   * @param name such as {@code ablate-1}
   * @param command {@code evolve} or {@code ablate}
   * @param options the options that vary or not, by name
   * @param configuration as the command's own
   */
  record SweepGroup(
      String name, String command, Map<String, String> options, JsonNode configuration) {}

  /** Writes lines, the file whole or not at all. */
  static void write(Path file, List<? extends Record> lines) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          for (Record line : lines) {
            out.write((ConfigJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** The configurations. */
  List<SweepGroup> groups() throws IOException {
    Path file = path.resolve(GROUPS);
    List<SweepGroup> groups = new ArrayList<>();
    for (String line : InputFile.text(file, MOST_BYTES).lines().toList()) {
      groups.add(parse(line, SweepGroup.class, file, groups.size() + 1));
    }
    return groups;
  }

  /**
   * Reads the tasks of a share, line by line, since there may be a million.
   *
   * @throws IOException naming file and line when one is no task
   */
  void scan(Share share, IoConsumer<SweepTask> reader) throws IOException {
    Path file = path.resolve(TASKS);
    try (BufferedReader in = InputFile.reader(file)) {
      long index = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (share.has(index++)) {
          reader.accept(parse(line, SweepTask.class, file, index));
        }
      }
    }
  }

  private static <R extends Record> R parse(String line, Class<R> type, Path file, long number)
      throws IOException {
    try {
      return ConfigJson.read(MAPPER.readTree(line), type, file);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + ":" + number + ": can't be read; plan the sweep again", e);
    }
  }

  private Path place(TaskKey key) throws IOException {
    return new Contained(path)
        .resolve(RESULTS + "/" + key.digits().substring(0, 2) + "/" + key + ".json");
  }

  boolean isDone(TaskKey key) throws IOException {
    return Files.exists(place(key));
  }

  /** Keeps a result: under a temporary name, then renamed. The same result has the same bytes. */
  void keep(TaskResult result) throws IOException {
    AtomicFiles.write(place(result.key()), ConfigJson.write(result) + "\n");
  }

  /**
   * The result of a task, or its failure; empty when it is not done.
   *
   * @throws IOException naming a file that can't be read
   */
  Optional<TaskResult> find(TaskKey key) throws IOException {
    Path file = place(key);
    Optional<byte[]> bytes = InputFile.ifThere(file);
    return bytes.isPresent() ? Optional.of(result(bytes.get(), file)) : Optional.empty();
  }

  static TaskResult result(byte[] bytes, Path file) throws IOException {
    try {
      return ConfigJson.read(MAPPER.readTree(bytes), TaskResult.class, file);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " is no result of a task; remove it, and work again", e);
    }
  }

  /**
   * Opens the manifest.
   *
   * @throws InvalidRequestException when it is not the folder of a sweep
   */
  public SweepManifest manifest() throws IOException {
    JsonNode content = JobManifest.open(path, COMMAND).content();
    Numerics numerics =
        InvalidRequestException.check(
            () ->
                new Numerics(
                    Numerics.Mode.parse(content.path("numerics").asText()),
                    new DeviceConfig(
                        content.path("device").asText(),
                        Precision.parse("precision", content.path("precision").asText()))));
    return new SweepManifest(
        numerics,
        content.path("tasks").asLong(),
        content.at("/versions/whisker").asText(),
        content.path("engine").asText());
  }

  /**
   * What a sweep was planned with.
   *
   * @param tasks how many there are
   * @param whisker the version of whisker
   * @param engine the name and version of the engine
   */
  public record SweepManifest(Numerics numerics, long tasks, String whisker, String engine) {
    /**
     * Looks whether this whisker's results would be those of the keys. Loads libtorch.
     *
     * @throws IOException when whisker or libtorch is another version here
     */
    public void check() throws IOException {
      check("whisker", whisker, Provenance.whiskerVersion());
      check("engine", engine, Classifiers.engine());
    }

    private static void check(String what, String planned, String here) throws IOException {
      if (!planned.equals(here)) {
        throw new IOException(
            "the sweep was planned with %s %s, here it is %s; results would be mixed, plan a new sweep"
                .formatted(what, planned, here));
      }
    }
  }

  /**
   * A share of the tasks: every so many from one on, so that each has some of every size.
   *
   * @param shard from 1
   * @param shards at least 1
   */
  public record Share(int shard, int shards) {
    public Share {
      InvalidRequestException.refuse(
          shard < 1 || shard > shards,
          "--shard is I/N with I from 1 to N, such as 3/8, was " + shard + "/" + shards);
    }

    /** A shard as users type it: {@code 3/8}. */
    public static Share parse(String text) {
      InvalidRequestException.refuse(
          !text.matches("\\d{1,9}/\\d{1,9}"), "--shard is I/N, such as 3/8, was '" + text + "'");
      String[] numbers = text.split("/", 2);
      return new Share(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    boolean has(long index) {
      return index % shards == shard - 1;
    }
  }
}
