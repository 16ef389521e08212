package org.whisker.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that a process was writing when it was ended, under names of their own. */
public final class Leftovers {
  private static final int DEEP = 3; // DIR/runs/N/file

  private Leftovers() {}

  /** Removes them from a folder that no other process writes. */
  public static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEEP)) {
      for (Path file : files.filter(Leftovers::isOne).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean written = name.startsWith(".") && name.endsWith(".partial");
    return (written || List.of("best.png.part", "summary.csv.partial").contains(name))
        && Files.isRegularFile(file);
  }
}
