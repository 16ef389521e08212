package org.whisker.io;

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
public final class FolderLock {
  private FolderLock() {}

  /** What is done while the folder is held. */
  @FunctionalInterface
  public interface Work<T> {
    T call() throws IOException;
  }

  /**
   * Does the work while it holds the folder.
   *
   * @throws IOException when another process holds it
   */
  public static <T> T holding(Path folder, Work<T> work) throws IOException {
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

  /** What is done while the folder is held, and gives nothing. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** As {@link #holding}. */
  public static void run(Path folder, Action action) throws IOException {
    holding(
        folder,
        () -> {
          action.run();
          return folder;
        });
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }
}
