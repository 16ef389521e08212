package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What commands left behind. */
public final class Folders {
  private Folders() {}

  /** The names of a folder's files and folders. */
  public static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** All files below a folder, relative to it. */
  public static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(all.filter(Files::isRegularFile).map(folder::relativize).toList());
    }
  }

  /** Copies all files below a folder. */
  public static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(file);
      Files.createDirectories(target.resolveSibling("."));
      Files.copy(from.resolve(file), target);
    }
  }
}
