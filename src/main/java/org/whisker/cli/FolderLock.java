package org.whisker.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one process, by a lock on its file {@code .lock}. The system releases it when
 * the process ends, however it ends; the file stays, as removing it would let two others in.
 */
final class FolderLock {
  private FolderLock() {}

  /** What is done while the folder is held. */
  @FunctionalInterface
  interface Work {
    int call() throws IOException;
  }

  /**
   * Does the work while it holds the folder.
   *
   * @throws IOException when another process holds it
   */
  static int holding(Path folder, Work work) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (tryLock(channel) == null) {
        throw new IOException(
            folder + " is being written by another whisker; wait for it or name another folder");
      }
      return work.call();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }
}
