package org.whisker.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.io.FolderLock;
import org.whisker.io.Manifest;

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
  public static <T> T hold(Path folder, FolderLock.Work<T> work) throws IOException {
    Files.createDirectories(folder);
    requireNoLinkedFolder(folder);
    return FolderLock.holding(
        folder,
        () -> {
          Leftovers.removeOwned(folder);
          return work.call();
        });
  }

  /**
   * Draws into a folder that whisker wrote, as {@link #hold} does. Where a job has it now, it is
   * drawn all the same, and nothing is removed.
   *
   * @throws IOException when a link in it leads to another folder
   */
  public static void draw(Path folder, FolderLock.Action draw) throws IOException {
    requireNoLinkedFolder(folder);
    boolean own = FolderLock.isKnown(folder) || Manifest.isIn(folder);
    boolean locked =
        own
            && FolderLock.tried(
                folder,
                () -> {
                  Leftovers.removeOwned(folder);
                  draw.run();
                });
    if (!locked) {
      draw.run();
    }
  }

  private static void requireNoLinkedFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return; // told where it is opened
    }
    try (Stream<Path> all = Files.walk(folder)) {
      Optional<Path> link =
          all.filter(each -> !each.equals(folder) && Files.isSymbolicLink(each))
              .filter(Files::isDirectory)
              .findFirst();
      if (link.isPresent()) {
        throw new IOException(
            link.get() + " is a link to another folder; put the folder itself in its place");
      }
    }
  }
}
