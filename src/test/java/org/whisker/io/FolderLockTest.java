package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final String REFUSED = " is being written by another whisker; wait for it";

  @TempDir private Path home;

  /** Another process, which takes the lock if it can: its exit status says whether it could. */
  static final class Other {
    private Other() {}

    public static void main(String[] folder) throws IOException {
      FolderLock.run(Path.of(folder[0]), () -> {});
    }

    static boolean canHold(Path folder) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean held = process.onExit().join().exitValue() == 0;
      assertEquals(!held, said.contains(folder + REFUSED), said);
      return held;
    }
  }

  private static void isRefused(Path folder) {
    IOException e =
        assertThrows(IOException.class, () -> FolderLock.run(folder, () -> fail("it was held")));
    assertTrue(String.valueOf(e.getMessage()).startsWith(folder + REFUSED), e.getMessage());
  }

  @Test
  void aRefusedAttemptLeavesTheLockAsItIs() throws IOException {
    Path folder = Files.createDirectory(home.resolve("held"));
    FolderLock.run(
        folder,
        () -> {
          isRefused(folder);
          assertFalse(Other.canHold(folder), "the first one's lock is gone");
        });
    assertTrue(Other.canHold(folder));
  }

  @Test
  void aFolderIsOneWhateverItsName() throws IOException {
    Path folder = Files.createDirectory(home.resolve("held"));
    Path link = Files.createSymbolicLink(home.resolve("link"), folder);
    Path twin = Files.createDirectory(home.resolve("twin"));
    FolderLock.run(
        folder,
        () -> {
          isRefused(link);
          isRefused(folder.resolve("..").resolve("held"));
          Files.createLink(twin.resolve(".lock"), folder.resolve(".lock"));
          isRefused(twin);
          assertFalse(Other.canHold(folder), "the first one's lock is gone");
        });
    assertEquals(3, FolderLock.holding(link, () -> 3));
  }

  @Test
  void whatFailsReleasesTheLock() throws IOException {
    assertThrows(
        AssertionError.class,
        () ->
            FolderLock.run(
                home,
                () -> {
                  throw new AssertionError("as an OutOfMemoryError would");
                }));
    assertEquals(3, FolderLock.holding(home, () -> 3));
  }

  @Test
  void aLockThatIsNoPlainFileIsNamed() throws IOException {
    Path lock = Files.createSymbolicLink(home.resolve(".lock"), home.resolve("elsewhere"));
    IOException e = assertThrows(IOException.class, () -> FolderLock.run(home, () -> {}));
    assertEquals(lock + " is not a plain file; remove it", e.getMessage());
    assertFalse(Files.exists(home.resolve("elsewhere")));
  }
}
