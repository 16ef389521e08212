package org.whisker.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.whisker.io.AtomicFiles;
import org.whisker.value.IoConsumer;

/** Writes a file under a temporary name beside its target and renames it when complete. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Replaces {@code target}, or leaves it unchanged if {@code body} fails.
   *
   * @throws IOException in one line that names the file
   */
  public static void write(Path target, IoConsumer<FileChannel> body) throws IOException {
    Path part = partOf(target);
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        body.accept(channel);
        channel.force(true); // else a power cut may leave the name and not the content
      }
      AtomicFiles.rename(part, target);
    } catch (IOException e) {
      throw named(target, part, e);
    } finally {
      AtomicFiles.cleanUp(part);
    }
  }

  /** A channel's own errors, such as a full disk, name no file; others the hidden one. */
  private static IOException named(Path target, Path part, IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean told = message.contains(target.toString()) && !message.contains(part.toString());
    return told ? e : AtomicFiles.inOneLine(target, e);
  }

  /** A hidden temporary name beside {@code target} that nobody else writes to. */
  public static Path partOf(Path target) {
    return AtomicFiles.temporary(target, ".part");
  }
}
