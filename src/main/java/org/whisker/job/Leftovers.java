package org.whisker.job;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.io.AtomicFiles;
import org.whisker.io.NativeFolders;

/** Files that a process was writing when it was ended, under names of their own. */
public final class Leftovers {
  private static final int DEEP = 5; // DIR/runs/MODEL/KEY/file, and of all versions
  private static final Duration OLD = Duration.ofDays(1);
  private static final Pattern OWNED = // .NAME.PROCESS-UNIQUE.part, .NAME.PROCESS-UNIQUE.partial
      Pattern.compile("\\.(.+)\\.(\\d{1,18})(?:-(\\d+))?\\.part(?:ial)?");

  private Leftovers() {}

  /** Removes leftovers from a folder that no other process writes. */
  public static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEEP)) {
      for (Path file : files.filter(Leftovers::isOne).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean written = name.startsWith(".") && name.endsWith(".partial");
    return (written || name.endsWith(".png.part")) && Files.isRegularFile(file);
  }

  /**
   * Removes from a folder that this process has locked, and from those in it, what any other
   * process left.
   */
  static void removeOwned(Path folder) throws IOException {
    List<Path> owned;
    try (Stream<Path> files = Files.walk(folder, DEEP)) {
      owned =
          files
              .filter(file -> OWNED.matcher(String.valueOf(file.getFileName())).matches())
              .toList();
    }
    for (Path each : owned) {
      deleteOwn(each);
    }
  }

  /** Removes from a folder and its own what processes left that are no longer there. */
  public static void removeAbandoned(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path each : abandoned(folder, DEEP)) {
      deleteOwn(each);
    }
  }

  /**
   * Removes what processes that are no longer there left of one file or folder, beside it.
   *
   * @param target which they were to become
   */
  public static void removeAbandonedOf(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    String name = String.valueOf(target.getFileName());
    for (Path each : abandoned(folder, 1)) {
      Matcher owned = OWNED.matcher(String.valueOf(each.getFileName()));
      if (owned.matches() && owned.group(1).equals(name)) {
        deleteOwn(each);
      }
    }
  }

  /** In a folder that users share, what one left stays for that one to remove. */
  private static void deleteOwn(Path left) throws IOException {
    if (!NativeFolders.isAnothers(left)) {
      delete(left);
    }
  }

  private static List<Path> abandoned(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(Leftovers::isAbandoned).toList();
    }
  }

  private static boolean isAbandoned(Path file) {
    Matcher owned = OWNED.matcher(String.valueOf(file.getFileName()));
    String unique = owned.matches() ? owned.group(3) : null;
    boolean elsewhere = unique != null && AtomicFiles.isOfAnotherPlace(unique);
    return owned.matches()
        && (elsewhere ? isOld(file) : isGone(Long.parseLong(owned.group(2)), unique));
  }

  /** Whether it was left a day before this process began. */
  private static boolean isOld(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
      return ProcessHandle.current()
          .info()
          .startInstant()
          .filter(begun -> written.isBefore(begun.minus(OLD)))
          .isPresent();
    } catch (IOException e) {
      return false; // gone already
    }
  }

  /** Whether a process has gone. In a container the first process has the same number each time. */
  private static boolean isGone(long process, @Nullable String unique) {
    return process == ProcessHandle.current().pid()
        ? unique != null && !AtomicFiles.isOfThisRun(unique)
        : ProcessHandle.of(process).isEmpty();
  }

  /**
   * A new folder of this process among temporary files; its owner alone can read it. Those of the
   * same name go that a process left which was ended, a day ago or earlier: the number of a process
   * in another container says nothing here.
   *
   * @param name letters and hyphens
   */
  public static Path temporary(String name) throws IOException {
    Path among = Path.of(System.getProperty("java.io.tmpdir"));
    Path folder =
        NativeFolders.amongTemporary(among, name + "." + ProcessHandle.current().pid() + "-");
    Instant now = Files.getLastModifiedTime(folder).toInstant();
    removeOlder(among, now.minus(OLD), Pattern.compile(name + "\\.(\\d{1,18})-\\d+"));
    return folder;
  }

  private static void removeOlder(Path among, Instant before, Pattern own) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(among)) {
      for (Path file : files) {
        Matcher owned = own.matcher(String.valueOf(file.getFileName()));
        if (owned.matches()
            && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          delete(file);
        }
      }
    } catch (DirectoryIteratorException | IOException e) {
      // owned by others, or gone already: the next one tries again
    }
  }

  /** Deletes a file, or a folder with all that it holds. */
  public static void delete(Path fileOrFolder) throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.exists(fileOrFolder)) {
      try (Stream<Path> content = Files.walk(fileOrFolder)) {
        content.sorted(Comparator.reverseOrder()).forEach(all::add);
      }
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
