package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where checkpoints of trainings lie until a network is whole: a folder for each attempt, named by
 * the task's key and something unlike every other. Who goes on with what another has left renames
 * its folder, which one alone can; one that was thought dead and is not then goes on by itself.
 */
final class TrainingPlaces {
  private final Path root;

  /**
   * @param root of all of them
   */
  TrainingPlaces(Path root) {
    this.root = root;
  }

  /** A folder for a task, with what an earlier attempt has left. */
  Path take(String key) throws IOException {
    Path own = root.resolve(key + "." + UUID.randomUUID());
    Files.createDirectories(root);
    for (Path left : of(key)) {
      try {
        return Files.move(left, own, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        // another was quicker
      }
    }
    return Files.createDirectories(own);
  }

  /** Removes all that attempts of a task have left. */
  void remove(String key) throws IOException {
    for (Path left : of(key)) {
      try (Stream<Path> files = Files.walk(left)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException | DirectoryNotEmptyException e) {
        // somebody who was thought dead is still at it, and removes it
      }
    }
  }

  private List<Path> of(String key) throws IOException {
    return SweepFolder.names(root).stream()
        .filter(name -> name.startsWith(key + "."))
        .sorted()
        .map(root::resolve)
        .toList();
  }
}
