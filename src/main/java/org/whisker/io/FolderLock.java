package org.whisker.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.whisker.value.IoRunnable;
import org.whisker.value.IoSupplier;

/**
 * Gives one process exclusive use of a folder, by a lock on its file {@code .lock}. The operating
 * system releases the lock however the process ends; the file stays, since removing it would allow
 * two processes to hold a lock.
 *
 * <p>A POSIX lock belongs to the process and is gone as soon as the process closes any descriptor
 * of the file, also one that never held it. So a file that this process holds is never opened
 * again: what is held is looked up first, by the file itself and not by a name of it.
 */
public final class FolderLock {
  private static final String FILE = ".lock";

  /** The lock files that this process holds; of the process, since the system's locks are. */
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  /** What is open until the process ends. */
  private static final List<FileChannel> KEPT = new CopyOnWriteArrayList<>();

  private FolderLock() {}

  /**
   * Does the work while the folder is locked.
   *
   * @throws IOException when another process, or another part of this one, holds the lock
   */
  public static <T> T holding(Path folder, IoSupplier<T> work) throws IOException {
    List<T> result = new ArrayList<>();
    if (!tried(folder, () -> result.add(work.get()))) {
      throw held(folder);
    }
    return result.get(0);
  }

  /**
   * Does work while the folder is locked, where nobody else holds the lock.
   *
   * @return whether it was done
   */
  public static boolean tried(Path folder, IoRunnable work) throws IOException {
    Path file = folder.resolve(FILE);
    Object key = key(file);
    if (!HELD.add(key)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (!isLocked(channel)) {
        return false;
      }
      work.run();
      return true;
    } finally {
      HELD.remove(key);
    }
  }

  /**
   * Holds a folder until this process ends.
   *
   * @return whether nobody else holds it
   */
  static boolean keep(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!HELD.add(key(file))) {
      return false;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    KEPT.add(channel);
    return isLocked(channel);
  }

  /** Whether anybody ever held a lock of that folder. */
  public static boolean isKnown(Path folder) {
    return isOne(folder.resolve(FILE));
  }

  /** Whether that is the lock of a folder. */
  public static boolean isOne(Path file) {
    return file.endsWith(FILE) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Does work without a result while the folder is held, see {@link #holding}. */
  public static void run(Path folder, IoRunnable action) throws IOException {
    holding(
        folder,
        () -> {
          action.run();
          return folder;
        });
  }

  /**
   * What tells the file from all others, whatever names it has. Making it opens no file that there
   * is already.
   */
  private static Object key(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(file + " is not a plain file; remove it", e);
      }
    } catch (AccessDeniedException e) {
      AccessDeniedException denied = new AccessDeniedException(String.valueOf(file.getParent()));
      denied.initCause(e);
      throw denied; // the folder: the file in it is not there
    }
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key; // Windows has no such key
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this process under a name that the system does not tell to be one
    }
  }

  private static IOException held(Path folder) {
    return new IOException(
        folder + " is being written by another whisker; wait for it or name another folder");
  }
}
