package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.whisker.io.InputFile;

/**
 * Who is busy with what, so that others take something else. A claim saves time and decides
 * nothing: two workers that do the same task come to the same result.
 *
 * @param folder a file a claim, which names the worker
 */
record Claims(Path folder, String worker) {
  /** Claims a batch, by the key of its first task; false where another has. */
  boolean take(String key) throws IOException {
    Files.createDirectories(folder);
    try {
      Files.writeString(folder.resolve(key), worker, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Who has a batch; empty text while the claim is being written, or after a kill right then. */
  Optional<String> owner(String key) throws IOException {
    return text(folder.resolve(key));
  }

  /** A worker's name; of anything but a file, which may never end, none. */
  static Optional<String> text(Path claim) throws IOException {
    if (Files.exists(claim, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(claim, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(claim + " is no file of a claim; remove it");
    }
    return InputFile.ifThere(claim).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Takes a batch away from a worker that is no more. */
  boolean takeOver(String key) throws IOException {
    release(key);
    return take(key);
  }

  void release(String key) throws IOException {
    Files.deleteIfExists(folder.resolve(key));
  }
}
