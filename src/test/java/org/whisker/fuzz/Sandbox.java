package org.whisker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A folder for each decoder, in which one file at a time is hostile. */
final class Sandbox {
  private final Path root;
  private final Map<String, Path> folders = new HashMap<>();

  /**
   * Makes none yet.
   *
   * @param root which somebody removes
   */
  Sandbox(Path root) {
    this.root = root;
  }

  /** Reads bytes; the file is as it was afterwards. */
  void read(Decoder decoder, byte[] bytes) throws IOException {
    Path folder = folder(decoder);
    Path file = decoder.write(folder, bytes);
    try {
      decoder.read(folder);
    } finally {
      Files.deleteIfExists(file);
      restore(decoder, folder, file);
    }
  }

  private static void restore(Decoder decoder, Path folder, Path file) throws IOException {
    if (decoder.files().size() > 1) {
      Path whole = folder.resolveSibling("whole").resolve(folder.relativize(file));
      Files.copy(whole, file);
    }
  }

  private Path folder(Decoder decoder) throws IOException {
    Path known = folders.get(decoder.name());
    if (known != null) {
      return known;
    }
    Path own = Files.createTempDirectory(root, "fuzz-" + decoder.name());
    for (String name : new String[] {"read", "whole"}) {
      Files.createDirectories(own.resolve(name));
      FolderSeeds.write(decoder, own.resolve(name));
    }
    folders.put(decoder.name(), own.resolve("read"));
    return own.resolve("read");
  }
}
