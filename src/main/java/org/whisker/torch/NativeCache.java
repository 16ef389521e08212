package org.whisker.torch;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.whisker.torch.natives.LibtorchFolder;

/**
 * Where libtorch's libraries are unpacked to and loaded from. DJL takes the user's home, or else a
 * folder of a known name under the system's temporary directory, whoever made it: code that another
 * user put there would run. So the folder is chosen here, and DJL is told: one that this user owns
 * and no other may write to, made with the permissions 0700.
 */
public final class NativeCache {
  /** Loads once; whoever asks again after a failure is told the same. */
  private static final class Loaded {
    private static final Supplier<Engine> ENGINE = load();

    private static Supplier<Engine> load() {
      try {
        choose();
        hold();
        Engine engine = Engine.getEngine("PyTorch");
        return () -> engine;
      } catch (IOException e) {
        return failed(new UncheckedIOException(e));
      } catch (RuntimeException | LinkageError e) {
        return failed(unloadable(e));
      }
    }

    private static Supplier<Engine> failed(RuntimeException failure) {
      return () -> {
        throw failure;
      };
    }
  }

  /**
   * In one line, what the linker says of the library that is missing or does not fit; itself, where
   * it is something else.
   */
  static RuntimeException unloadable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsatisfiedLinkError) {
        String mend = "; put what is missing beside it, or unset PYTORCH_LIBRARY_PATH";
        return new UncheckedIOException(
            new IOException("libtorch can't be loaded: " + cause.getMessage() + mend, thrown));
      }
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }

  /** Loads libtorch, unless that is done. */
  public static void load() {
    engine();
  }

  /** Holds a build for GPUs against the hash that the environment names, if it does. */
  private static void hold() throws IOException {
    String pinned = System.getenv().getOrDefault(LibtorchFolder.PIN, "");
    if (!pinned.isEmpty()) {
      String library = System.getenv().getOrDefault("PYTORCH_LIBRARY_PATH", "");
      LibtorchFolder.check(pinned, library, Utils.getEngineCacheDir("pytorch"));
    }
  }

  /**
   * DJL's folder of libtorch's builds, chosen as for loading.
   *
   * @throws IOException as {@link #choose(Path)}
   */
  public static Path folder() throws IOException {
    choose();
    return Utils.getEngineCacheDir("pytorch");
  }

  private static void choose() throws IOException {
    choose(Path.of(System.getProperty(FALLBACK, "cache/natives")));
  }

  /** System property: a folder to take where the user's home can't be written. */
  public static final String FALLBACK = "whisker.natives";

  private static final List<String> PROPERTIES = List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private NativeCache() {}

  /**
   * DJL's engine for PyTorch, loaded from that folder on first use.
   *
   * @throws UncheckedIOException in one line, when its libraries would lie where others can write,
   *     or can't be loaded
   */
  static Engine engine() {
    return Loaded.ENGINE.get();
  }

  /** A folder to take where the user's home can't be written; of several the first is kept. */
  public static void fallback(Path folder) {
    if (System.getProperty(FALLBACK) == null) {
      System.setProperty(FALLBACK, folder.toAbsolutePath().toString());
    }
  }

  /**
   * Chooses the folder, before the engine is loaded: the one that the environment names, that of
   * DJL in the user's home, {@code fallback}, or a temporary one.
   *
   * @param fallback a folder that may be made, if its parent can be written
   * @throws IOException in one line, when the environment names one that others can write to
   */
  static void choose(Path fallback) throws IOException {
    for (String property : PROPERTIES) {
      String named = System.getenv().getOrDefault(property, System.getProperty(property, ""));
      if (!named.isEmpty()) {
        check(Path.of(named), property);
        return;
      }
    }
    Path folder = folder(Path.of(System.getProperty("user.home")).resolve(".djl.ai"), fallback);
    PROPERTIES.forEach(property -> System.setProperty(property, folder.toString()));
  }

  /** The first that is, or can be made, this user's alone; else a new temporary one. */
  static Path folder(Path... candidates) throws IOException {
    for (Path candidate : candidates) {
      if (isOwn(candidate)) {
        return candidate;
      }
    }
    return Files.createTempDirectory("whisker-natives"); // 0700 by its contract
  }

  private static void check(Path folder, String property) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isSafe(folder)) {
      throw new IOException(
          "%s (%s) can be written by another user, who could put code there; name a folder of your"
                  .formatted(folder, property)
              + " own");
    }
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

  /** Whether this user owns it and all that it holds, and nobody else may write there. */
  private static boolean isSafe(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!isPosix(folder) || isClosed(folder)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        if (!isPrivate(each)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether nobody else gets in, whatever the permissions inside. */
  private static boolean isClosed(Path folder) throws IOException {
    return isPrivate(folder)
        && Files.getPosixFilePermissions(folder).stream()
            .noneMatch(p -> p.name().startsWith("GROUP") || p.name().startsWith("OTHERS"));
  }

  private static boolean isPrivate(Path file) throws IOException {
    Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    boolean own = owner instanceof Integer uid && uid == new UnixSystem().getUid();
    return own
        && (Files.isSymbolicLink(file)
            || Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains));
  }

  private static boolean isPosix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
