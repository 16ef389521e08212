package org.whisker.io;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders to which native libraries are unpacked and from which they are loaded: libtorch's by
 * DJL, ND4J's by JavaCPP. Both take the user's home, or else a folder of a known name under the
 * system's temporary directory, whoever made it: code that another user put there would run. So the
 * folders are chosen here, before either is loaded: ones that this user owns and that no other can
 * write to or put another in the place of.
 */
public final class NativeFolders {
  /** System property: a folder to take where the user's home can't be written. */
  public static final String FALLBACK = "whisker.natives";

  static final String DJL = "DJL_CACHE_DIR";
  static final String ENGINE = "ENGINE_CACHE_DIR";
  static final String JAVACPP = "org.bytedeco.javacpp.cachedir";

  /** Where JNA, of which DJL makes use, unpacks the library that it then loads. */
  static final String JNA = "jna.tmpdir";

  /** DJL's own folder. */
  private static final String HIDDEN = ".djl.ai";

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final int STICKY = 01000;

  private static final String TEMPORARY = "whisker-natives";
  private static final Duration OLD = Duration.ofDays(1);

  private static boolean chosen;

  private NativeFolders() {}

  /** A folder to take where the user's home can't be written; of several the first is kept. */
  public static void fallback(Path folder) {
    if (System.getProperty(FALLBACK) == null) {
      System.setProperty(FALLBACK, folder.toAbsolutePath().toString());
    }
  }

  /**
   * Chooses the folders and tells the loaders, unless that is done. To be called before what they
   * load is used.
   *
   * @throws UncheckedIOException in one line, when the environment names a folder in which another
   *     user could put code
   */
  public static synchronized void choose() {
    if (chosen) {
      return;
    }
    Path home = Path.of(System.getProperty("user.home"));
    Path fallback = Path.of(System.getProperty(FALLBACK, "cache/natives"));
    try {
      choose(variable -> named(System.getenv(), variable, home), home, fallback)
          .forEach((property, folder) -> System.setProperty(property, folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chosen = true;
  }

  /**
   * What a loader is told. DJL looks at no property where its variable is set, also where that is
   * empty: it then takes a folder of a known name.
   */
  static String named(Map<String, String> environment, String variable, Path home) {
    String value = environment.getOrDefault(variable, System.getProperty(variable, ""));
    if (!value.isEmpty() || !variable.equals(DJL) || !environment.containsKey(DJL)) {
      return value;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return (Files.isWritable(home) ? home : temporary).resolve(HIDDEN).toString();
  }

  /**
   * The folder of each system property: the one that is named, if it is safe; the loader's own in
   * the user's home, {@code fallback}, or a temporary one.
   *
   * @param named a variable's or property's value; empty where there is none
   * @param fallback a folder that may be made, if its parent can be written
   */
  static Map<String, Path> choose(Function<String, String> named, Path home, Path fallback)
      throws IOException {
    Map<String, Path> folders = new TreeMap<>();
    for (String property : List.of(DJL, ENGINE, JAVACPP, JNA)) {
      String folder = named.apply(property);
      if (!folder.isEmpty()) {
        folders.put(property, checked(Path.of(folder), property));
      }
    }
    if (!folders.containsKey(DJL)) {
      folders.put(DJL, folder(home, HIDDEN, fallback));
    }
    Path djl = folders.getOrDefault(DJL, fallback);
    folders.putIfAbsent(ENGINE, djl);
    if (!folders.containsKey(JAVACPP)) {
      folders.put(JAVACPP, folder(home, ".javacpp/cache", djl.resolve("javacpp")));
    }
    if (!folders.containsKey(JNA)) {
      folders.put(JNA, folder(djl.resolve("jna")));
    }
    return folders;
  }

  /** A container may have no home for its user: the system's properties then hold no path. */
  private static Path folder(Path home, String below, Path other) throws IOException {
    return home.isAbsolute() && Files.isDirectory(home)
        ? folder(home.resolve(below), other)
        : folder(other);
  }

  /** The first that is, or can be made, this user's alone; else a new one, for this process. */
  static Path folder(Path... candidates) throws IOException {
    for (Path candidate : candidates) {
      if (isOwn(candidate)) {
        return candidate;
      }
    }
    Path among = Path.of(System.getProperty("java.io.tmpdir"));
    if (Files.isDirectory(among) && !isSafelyPlaced(among)) {
      throw open(among, "java.io.tmpdir");
    }
    return temporary(among, TEMPORARY);
  }

  /**
   * A new folder among the system's temporary ones, for this user alone. It goes when this process
   * ends; after one that was killed, when a process makes another a day later or more.
   */
  public static Path temporary(String prefix) throws IOException {
    return temporary(Path.of(System.getProperty("java.io.tmpdir")), prefix);
  }

  static Path temporary(Path among, String prefix) throws IOException {
    Path made = amongTemporary(among, prefix);
    FolderLock.keep(made);
    Instant now = Files.getLastModifiedTime(made).toInstant();
    sweep(Objects.requireNonNull(made.getParent()), prefix, now);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made), prefix));
    return made;
  }

  /**
   * A new folder among the system's temporary ones, for this user alone. It stays.
   *
   * @throws IOException in one line with the mend, when none can be made there
   */
  public static Path amongTemporary(Path among, String prefix) throws IOException {
    try {
      return Files.createTempDirectory(among, prefix); // 0700 by its contract
    } catch (IOException e) {
      throw new IOException(
          among
              + " takes no temporary folder; name one that does, by WHISKER_JAVA_OPTS=-Djava.io.tmpdir=DIR",
          e);
    }
  }

  /**
   * Removes the temporary folders of processes that were killed: this user's own, a day old, and
   * locked by nobody, whatever container the process was in.
   */
  static void sweep(Path among, String prefix, Instant now) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(among, prefix + "*")) {
      for (Path each : folders) {
        if (FolderLock.isKnown(each) && isSafe(each) && isOld(each, now)) {
          FolderLock.tried(each, () -> remove(each));
        }
      }
    } catch (DirectoryIteratorException | IOException e) {
      // another one is at it, or they are gone: the next one tries again
    }
  }

  private static boolean isOld(Path folder, Instant now) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(OLD));
  }

  /** Removes a folder as far as it goes: Windows keeps libraries that are loaded. */
  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // nobody is left to be told
    }
  }

  /**
   * A folder that is named: this user's own, made if need be, or one that the administrator filled.
   */
  private static Path checked(Path folder, String property) throws IOException {
    try {
      boolean there = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
      if (!(there
          ? isSafe(folder) || isAdministrators(folder)
          : isSafelyPlaced(existing(folder)))) {
        throw open(folder, property);
      }
      if (!there) {
        make(folder);
      }
    } catch (FileSystemException | UncheckedIOException e) {
      throw new IOException(
          "%s (%s) can't be read or made; name a folder of your own".formatted(folder, property),
          e);
    }
    return folder;
  }

  private static IOException open(Path folder, String property) {
    return new IOException(
        "%s (%s) can be written by another user, who could put code there; name a folder of your own"
            .formatted(folder, property));
  }

  /** The nearest existing folder above or at a path. */
  private static Path existing(Path folder) {
    Path above = folder.toAbsolutePath().normalize();
    while (!Files.exists(above) && above.getParent() != null) {
      above = above.getParent();
    }
    return above;
  }

  private static boolean isOwn(Path folder) {
    try {
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        make(folder);
      }
      return Files.isWritable(folder) && isSafe(folder);
    } catch (IOException | SecurityException e) {
      return false; // the next one
    }
  }

  private static void make(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(folder + " is the root of a file system");
    }
    Files.createDirectories(parent);
    if (isPosix(parent)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  /**
   * Whether this user owns it and all that it holds, and nobody else may write there or move it.
   */
  private static boolean isSafe(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!isPosix(folder)) {
      return true;
    }
    return isSafelyPlaced(folder.toAbsolutePath().getParent())
        && (isClosed(folder) || holdsOnlyOwn(folder));
  }

  private static boolean holdsOnlyOwn(Path folder) throws IOException {
    return holdsOnlyOf(me(), folder);
  }

  /** Whether the administrator made it and all that it holds, and nobody else may write there. */
  private static boolean isAdministrators(Path folder) throws IOException {
    return isPosix(folder)
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && isSafelyPlaced(folder.toAbsolutePath().getParent())
        && holdsOnlyOf(administrator(folder), folder);
  }

  private static boolean holdsOnlyOf(Object user, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        if (!uid(each).equals(user) || !isForOwner(each)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether nobody else can put something in the place of what lies in a folder: each folder from
   * there up, and each link on the way, is this user's or the administrator's, and where all may
   * write, nobody can touch what is another's. That its group may write does not count: on many
   * systems each user is a group.
   */
  private static boolean isSafelyPlaced(@Nullable Path folder) throws IOException {
    if (folder == null || !isPosix(folder)) {
      return true;
    }
    List<Object> trusted = List.of(administrator(folder), me());
    for (Path way : List.of(folder.toAbsolutePath().normalize(), folder.toRealPath())) {
      for (Path each = way; each != null; each = each.getParent()) {
        if (!trusted.contains(uid(each)) || (!Files.isSymbolicLink(each) && isOpen(each))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isOpen(Path folder) throws IOException {
    boolean sticky = ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
    return !sticky
        && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Whether nobody else gets in, whatever the permissions inside. */
  private static boolean isClosed(Path folder) throws IOException {
    return isPrivate(folder)
        && Files.getPosixFilePermissions(folder).stream()
            .noneMatch(p -> p.name().startsWith("GROUP") || p.name().startsWith("OTHERS"));
  }

  private static boolean isPrivate(Path file) throws IOException {
    return uid(file).equals(me()) && isForOwner(file);
  }

  private static boolean isForOwner(Path file) throws IOException {
    return Files.isSymbolicLink(file)
        || Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
  }

  private static Object administrator(Path folder) throws IOException {
    return uid(Objects.requireNonNull(folder.toAbsolutePath().getRoot()));
  }

  /**
   * Whether a file is there, and belongs to another user, who alone may remove it in some folders.
   */
  public static boolean isAnothers(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && isPosix(Objects.requireNonNull(file.toAbsolutePath().getParent()))
        && !uid(file).equals(me());
  }

  private static Object uid(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static Object me() {
    return (int) new UnixSystem().getUid();
  }

  private static boolean isPosix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
