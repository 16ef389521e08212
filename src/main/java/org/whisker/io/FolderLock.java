package org.whisker.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Gives one process exclusive use of a folder, by a lock on its file {@code .lock}. The operating
 * system releases the lock however the process ends; the file stays, since removing it would allow
 * two processes to hold a lock.
 */
public final class FolderLock {
  private FolderLock() {}

  /** Work to be done while the folder is locked. */
  @FunctionalInterface
  public interface Work<T> {
    T call() throws IOException;
  }

  /**
   * Does the work while the folder is locked.
   *
   * @throws IOException when another process holds the lock
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

  /** Work without a result, to be done while the folder is locked. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** As {@link #holding}, for work without a result. */
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
