package org.whisker.job;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.whisker.io.AtomicFiles;
import org.whisker.io.FolderLock;
import org.whisker.io.Manifest;
import org.whisker.value.IoRunnable;
import org.whisker.value.IoSupplier;

/**
 * The one way to write a folder that other processes may write too: it is made, locked, cleaned of
 * what ended processes were writing, and only then worked in. Nothing in it is written through a
 * link to another folder.
 */
public final class FolderSession {
  private FolderSession() {}

  /**
   * Does work in a folder that no other process can disturb.
   *
   * @throws IOException when another process has the folder, or a link in it leads to another one
   */
  public static <T> T hold(Path folder, IoSupplier<T> work) throws IOException {
    Files.createDirectories(folder);
    requireNoLinkedFolder(folder);
    return FolderLock.holding(
        folder,
        () -> {
          Leftovers.removeOwned(itself(folder));
          return work.get();
        });
  }

  /**
   * Draws into a folder that whisker wrote, as {@link #hold} does. Where a job has it now, it is
   * drawn all the same, and nothing is removed.
   *
   * @throws IOException when a link in it leads to another folder
   */
  public static void draw(Path folder, IoRunnable draw) throws IOException {
    requireNoLinkedFolder(folder);
    boolean own = FolderLock.isKnown(folder) || Manifest.isIn(folder);
    boolean locked =
        own
            && FolderLock.tried(
                folder,
                () -> {
                  Leftovers.removeOwned(itself(folder));
                  draw.run();
                });
    if (!locked) {
      draw.run();
    }
  }

  /**
   * Removes what an ended process was removing from a folder that no job will take again. Where
   * another process has it, nothing is done.
   *
   * @throws IOException when a link in it leads to another folder
   */
  public static void tidy(Path folder, IoRunnable removal) throws IOException {
    requireNoLinkedFolder(folder);
    FolderLock.tried(folder, removal);
  }

  /**
   * Makes one file or folder that gets its name when it is whole. A hidden folder beside it is
   * locked meanwhile and goes in the end; whoever comes later finds the target.
   *
   * @throws IOException also when another process makes the same
   */
  public static <T> T making(Path target, IoSupplier<T> work) throws IOException {
    Path hidden = hidden(target);
    try {
      Files.createDirectories(hidden);
    } catch (FileSystemException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
    return FolderLock.holding(
        hidden,
        () -> {
          try {
            Leftovers.removeAbandonedOf(target);
            return work.get();
          } finally {
            discard(hidden);
          }
        });
  }

  /**
   * Removes what ended processes left beside a file or folder that is whole, and that nobody will
   * make again. Where another process is making it, nothing is done.
   */
  public static void made(Path target) throws IOException {
    Path hidden = hidden(target);
    if (Files.isDirectory(hidden)) {
      FolderLock.tried(
          hidden,
          () -> {
            Leftovers.removeAbandonedOf(target);
            discard(hidden);
          });
    }
  }

  private static Path hidden(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".making");
  }

  /** Where the system keeps what is open, it stays, as after a kill. */
  private static void discard(Path hidden) {
    try {
      Leftovers.delete(hidden);
    } catch (IOException e) {
      // the next one takes it
    }
  }

  /** The folder, also where a link names it: a walk that begins at a link ends there. */
  public static Path itself(Path folder) throws IOException {
    return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
  }

  private static void requireNoLinkedFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) { // whatever else it is, is told where it is opened
      Files.walkFileTree(itself(folder), new LinkedFolders());
    }
  }

  /** Refuses links to folders. */
  private static final class LinkedFolders extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
        throw new IOException(
            file + " is a link to another folder; put the folder itself in its place");
      }
      return FileVisitResult.CONTINUE;
    }

    /** A job that writes the folder now has given the file its name meanwhile. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      return e instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.visitFileFailed(file, e);
    }
  }
}
