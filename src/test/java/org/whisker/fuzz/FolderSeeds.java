package org.whisker.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.job.Leftovers;
import org.whisker.page.SampleFolder;

/** Folders as commands write them, of which one file at a time is made hostile. */
final class FolderSeeds {
  private static final Path EVOLVED = Path.of("src/test/resources/fuzz/folders/evolved");

  private FolderSeeds() {}

  /** The files of a small folder of {@code evolve}. */
  static List<String> evolved() {
    return Decoders.files(EVOLVED);
  }

  /** The files of a small folder of {@code explain}. */
  static List<String> report() {
    try {
      Path folder = Files.createTempDirectory("report");
      try {
        SampleFolder.write(folder, "a");
        return Decoders.files(folder);
      } finally {
        Leftovers.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes all files that a decoder reads beside the hostile one; none where it reads one file. */
  static void write(Decoder decoder, Path folder) throws IOException {
    if (decoder.name().startsWith("evolve")) {
      for (String file : decoder.files()) {
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(EVOLVED.resolve(file)));
      }
    } else if (decoder.name().equals("report")) {
      SampleFolder.write(folder, "a");
    }
  }
}
