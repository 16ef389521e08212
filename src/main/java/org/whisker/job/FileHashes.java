package org.whisker.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.whisker.classifier.Sha256;

/**
 * SHA-256 of finished files, by their paths relative to a folder, so that a file that was changed
 * since is noticed before a job goes on.
 */
public record FileHashes(SortedMap<String, String> hashes) {
  private static final List<String> DATA = List.of(".csv", ".npy", ".json");

  public FileHashes {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /** Hashes files in a folder. */
  public static FileHashes of(Path folder, Collection<Path> files) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      hashes.put(name(folder, file), Sha256.of(file));
    }
    return new FileHashes(hashes);
  }

  /**
   * Hashes all results in a folder: tables, arrays and JSON. Charts and pages are left out, since
   * they can be drawn again at any time.
   *
   * @param except a file that is left out as well
   */
  static FileHashes ofResults(Path folder, Path except) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return of(
          folder,
          files
              .filter(file -> isResult(file) && !file.equals(except) && Files.isRegularFile(file))
              .toList());
    }
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
