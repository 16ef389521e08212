package org.whisker.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.whisker.classifier.Sha256;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;

/**
 * {@code manifest.json} of a job's folder: what the job is determined by, where it comes from, and
 * how far it is. A job that was stopped goes on from it alone.
 */
public final class JobManifest {
  public static final String NAME = Manifest.NAME;

  private static final String CONFIGURATION = "configuration";
  private static final String ARGUMENTS = "arguments";
  private static final String STATUS = "status";
  private static final String FILES = "files";
  private static final String WANTED = "target_class";
  private static final String DONE = "done";

  private final Path folder;
  private final ObjectNode content;

  private JobManifest(Path folder, ObjectNode content) {
    this.folder = folder;
    this.content = content;
  }

  /**
   * Begins the manifest of a new job, which is not yet written.
   *
   * @param content as {@link Provenance} begins it
   * @param configuration all that decides the results
   */
  public static JobManifest begin(Path folder, Map<String, ?> content, Record configuration)
      throws IOException {
    ObjectNode tree = ((ObjectNode) JsonFile.tree(Map.of())).put(Manifest.KEY, Manifest.FORMAT);
    tree.setAll((ObjectNode) JsonFile.tree(content));
    tree.set(CONFIGURATION, ConfigJson.write(configuration));
    return new JobManifest(folder, named(tree));
  }

  /** What is searched for, cat or not-cat in the options, is target or not-target here. */
  public static <T extends JsonNode> T named(T part) {
    for (JsonNode each : part.findParents(WANTED)) {
      String wanted = each.path(WANTED).asText();
      ((ObjectNode) each).put(WANTED, wanted.replaceFirst("cat$", "target"));
    }
    return part;
  }

  /**
   * Opens the manifest of an existing job.
   *
   * @param command the command that wrote it
   * @throws IOException when there is none, or another version wrote it
   * @throws InvalidRequestException when the folder is not of that command
   */
  public static JobManifest open(Path folder, String command) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s has no %s; name a folder that whisker %s wrote".formatted(folder, NAME, command));
    }
    JsonNode content = JsonFile.read(file);
    String wrote = content.path("command").asText();
    InvalidRequestException.refuse(
        !(content instanceof ObjectNode) || !wrote.equals(command),
        "%s is of whisker %s, not of whisker %s; name a folder that whisker %3$s wrote"
            .formatted(folder, wrote.isEmpty() ? "(unknown)" : wrote, command));
    Manifest.check(folder, content);
    return new JobManifest(folder, named((ObjectNode) content));
  }

  /** Whether a command wrote a folder; not where its manifest can't be read. */
  public static boolean isOf(Path folder, String command) {
    try {
      return JsonFile.read(folder.resolve(NAME)).path("command").asText().equals(command);
    } catch (IOException e) {
      return false;
    }
  }

  public Path folder() {
    return folder;
  }

  /** The same for another folder, where results lie apart from what they were made of. */
  JobManifest in(Path other) {
    return new JobManifest(other, content.deepCopy());
  }

  public JsonNode content() {
    return content;
  }

  /** Whether nothing is left to do. */
  public boolean isDone() {
    return content.path(STATUS).asText().equals(DONE);
  }

  boolean isRunning() {
    return content.path(STATUS).asText().equals("running");
  }

  /**
   * Which results are no longer as they were when the job was done, a line each that names the
   * file; empty when none is, or the job is not done.
   */
  public List<String> changed() throws IOException {
    return isDone() ? FileHashes.read(content.path(FILES)).changed(folder) : List.of();
  }

  /** The command line that asked for the job, without what changes no result. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    content.path(ARGUMENTS).forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  /**
   * All that decides the results.
   *
   * @throws IOException naming the file and the entry that can't be read
   */
  public <C extends Record> C recorded(Class<C> type) throws IOException {
    return ConfigJson.read(content.path(CONFIGURATION), type, folder.resolve(NAME));
  }

  /**
   * Holds it against the same job as it would be begun now.
   *
   * @param decisive JSON pointers of what decides the results, such as {@code /model/sha256}
   * @param notes is told in one line when another version of whisker began it
   * @throws IOException when something differs that decides the results
   */
  public void check(JobManifest now, List<String> decisive, Consumer<String> notes)
      throws IOException {
    Optional<Difference> other = difference(now, decisive);
    if (other.isPresent()) {
      throw new IOException(
          "%s: %s is %s, here it is %s; results would be mixed, begin a new folder"
              .formatted(
                  folder.resolve(NAME), other.get().name(), other.get().was(), other.get().is()));
    }
    if (!content.at("/versions").equals(now.content.at("/versions"))) {
      notes.accept(
          "begun with %s, going on with %s: the files may differ in their last digits"
              .formatted(content.at("/versions"), now.content.at("/versions")));
    }
  }

  private Optional<Difference> difference(JobManifest now, List<String> decisive) {
    return decisive.stream()
        .map(key -> new Difference(key, content.at(key), now.content.at(key)))
        .filter(difference -> !difference.was().equals(difference.is()))
        .findFirst();
  }

  /** An entry that is not the same in two manifests. */
  private record Difference(String pointer, JsonNode was, JsonNode is) {
    String name() {
      return pointer.substring(1).replace('/', ' ');
    }
  }

  /** Adds entries before the configuration, or puts other values in their place. */
  public void tell(Map<String, ?> entries) throws IOException {
    List<String> last = List.of(CONFIGURATION, STATUS, FILES);
    Map<String, JsonNode> behind = new LinkedHashMap<>();
    for (String key : last) {
      JsonNode node = content.remove(key);
      if (node != null) {
        behind.put(key, node);
      }
    }
    content.setAll((ObjectNode) JsonFile.tree(entries));
    content.setAll(behind);
    named(content);
  }

  /** Adds an entry, or puts another value in its place. */
  public void put(String key, Object value) {
    content.putPOJO(key, value);
  }

  /** Replaces what decides the results, where the job itself has settled that anew. */
  public void configure(Record configuration) {
    content.set(CONFIGURATION, ConfigJson.write(configuration));
  }

  /** Writes that the job is planned, which others do. */
  public void plan() throws IOException {
    write("planned");
  }

  /** Writes it: running, stopped, failed, or done, then with the hashes of all results. */
  void write(String status) throws IOException {
    Path file = folder.resolve(NAME);
    content.put(STATUS, status);
    content.remove(FILES);
    if (status.equals(DONE)) {
      FileHashes.ofResults(folder, file).hashes().forEach(content.putObject(FILES)::put);
    }
    JsonFile.write(file, content);
  }

  /**
   * SHA-256 of finished files, by their paths relative to a folder, so that a file that was changed
   * since is noticed before a job goes on.
   */
  public record FileHashes(SortedMap<String, String> hashes) {
    private static final List<String> DATA = List.of(".csv", ".npy", ".json");

    public FileHashes {
      hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    public static FileHashes of(Path folder, Collection<Path> files) throws IOException {
      SortedMap<String, String> hashes = new TreeMap<>();
      for (Path file : files) {
        hashes.put(name(folder, file), Sha256.of(file));
      }
      return new FileHashes(hashes);
    }

    /**
     * Hashes all results in a folder: tables, arrays and JSON. Charts and pages are left out, since
     * they can be drawn again at any time, and a folder in it whose own manifest has its hashes.
     *
     * @param except a file that is left out as well
     */
    static FileHashes ofResults(Path folder, Path except) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return of(
            folder,
            files
                .filter(file -> isResult(file) && !file.equals(except) && Files.isRegularFile(file))
                .filter(file -> !isOfAnother(folder, file))
                .toList());
      }
    }

    /** Whether a folder between this one and the file has a manifest. */
    private static boolean isOfAnother(Path folder, Path file) {
      Path above = file.getParent();
      while (above != null && !above.equals(folder)) {
        if (Manifest.isIn(above)) {
          return true;
        }
        above = above.getParent();
      }
      return false;
    }

    private static boolean isResult(Path file) {
      String name = String.valueOf(file.getFileName());
      return !name.startsWith(".") && DATA.stream().anyMatch(name::endsWith);
    }

    private static String name(Path folder, Path file) {
      return folder.relativize(file).toString().replace('\\', '/');
    }

    /** Reads the object that {@link #hashes} is in JSON; other values count as no hash. */
    public static FileHashes read(JsonNode node) {
      SortedMap<String, String> hashes = new TreeMap<>();
      node.properties().forEach(file -> hashes.put(file.getKey(), file.getValue().asText()));
      return new FileHashes(hashes);
    }

    /** What has changed in that folder, a line a file that names it; empty when nothing has. */
    public List<String> changed(Path folder) throws IOException {
      List<String> changed = new ArrayList<>();
      for (Map.Entry<String, String> file : hashes.entrySet()) {
        changed(folder.resolve(file.getKey()), file.getValue()).ifPresent(changed::add);
      }
      return changed;
    }

    private static Optional<String> changed(Path file, String sha256) throws IOException {
      if (!Files.isRegularFile(file)) {
        return Optional.of(file + " is missing");
      }
      return Sha256.of(file).equals(sha256)
          ? Optional.empty()
          : Optional.of(file + (Files.size(file) == 0 ? " is empty" : " is not as it was written"));
    }
  }
}
