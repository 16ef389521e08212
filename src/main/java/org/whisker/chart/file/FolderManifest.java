package org.whisker.chart.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.whisker.io.JsonFile;

/** Reads entries of a folder's manifest that describe the subject of its charts. */
public final class FolderManifest {
  static final String NAME = "manifest.json";

  private FolderManifest() {}

  /**
   * An entry as text; empty where there is none, or no manifest.
   *
   * @param pointer a JSON pointer, such as {@code /model/name}
   * @throws IOException when the manifest can't be read
   */
  public static String text(Path folder, String pointer) throws IOException {
    Path file = folder.resolve(NAME);
    return Files.exists(file) ? JsonFile.read(file).at(pointer).asText() : "";
  }
}
