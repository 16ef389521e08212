package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whisker.io.AtomicFiles;
import org.whisker.io.InputFile;

/**
 * The folder that workers share: {@code results/} and {@code failed/} with a file a task, in 256
 * folders by the first two digits of the key; {@code conflicts/}; {@code claims/} and {@code
 * workers/}, which say who is busy with what and decide nothing. No file is ever written twice, and
 * nothing is locked.
 */
public record SweepFolder(Path path) implements ResultStore {

  /** The task list. */
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
  public boolean has(String place) {
    return Files.exists(path.resolve(place));
  }

  @Override
  public byte[] read(String place) throws IOException {
    return InputFile.bytes(path.resolve(place));
  }

  @Override
  public boolean create(String place, byte[] bytes, String writer) throws IOException {
    return AtomicFiles.create(path.resolve(place), bytes, writer);
  }

  /**
   * The result of a task, or its failure; empty when it is not done.
   *
   * @throws IOException naming a file that can't be read
   */
  public Optional<TaskResult> find(String key) throws IOException {
    Optional<TaskResult> result = result(ResultStore.place(RESULTS, key));
    return result.isPresent() ? result : result(ResultStore.place(FAILURES, key));
  }

  private Optional<TaskResult> result(String place) throws IOException {
    Optional<byte[]> bytes = InputFile.ifThere(path.resolve(place));
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(TaskResult.read(bytes.get(), path.resolve(place)));
  }

  @Override
  public Set<String> finished() throws IOException {
    Set<String> finished = new HashSet<>(succeeded());
    finished.addAll(failed());
    return finished;
  }

  /** The keys of all results. */
  public Set<String> succeeded() throws IOException {
    return keys(path.resolve(RESULTS));
  }

  /** The keys of all failures that are not retried. */
  public Set<String> failed() throws IOException {
    return keys(path.resolve(FAILURES));
  }

  /** The keys for which there are two results that differ. */
  public Set<String> conflicts() throws IOException {
    Set<String> keys = new HashSet<>();
    names(path.resolve(CONFLICTS)).forEach(name -> keys.add(name.substring(0, name.indexOf('-'))));
    return keys;
  }

  private static Set<String> keys(Path folder) throws IOException {
    Set<String> keys = new HashSet<>();
    for (String prefix : names(folder)) {
      for (String name : names(folder.resolve(prefix))) {
        if (name.endsWith(SUFFIX)) {
          keys.add(name.substring(0, name.length() - SUFFIX.length()));
        }
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
}
