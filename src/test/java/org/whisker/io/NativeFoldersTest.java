package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFoldersTest {
  @TempDir private Path temp;

  @BeforeEach
  void permissionsMatter() throws IOException {
    assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
  }

  private Path made(String name, String permissions) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    return permitted(folder, permissions);
  }

  private static Path permitted(Path file, String permissions) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFolderThatIsNotThereIsMadeForThisUserAlone() throws IOException {
    Path wanted = temp.resolve("a/b");
    assertEquals(wanted, NativeFolders.folder(wanted));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)));
  }

  @Test
  void whatOthersMayWriteToIsPassedOver() throws IOException {
    Path open = made("open", "rwxrwxrwx");
    Path own = made("own", "rwxr-xr-x");
    assertEquals(own, NativeFolders.folder(open, own));
    Path planted = Files.createFile(own.resolve("libtorch.so"));
    permitted(planted, "rw-rw-rw-");
    Path next = temp.resolve("next");
    assertEquals(next, NativeFolders.folder(open, own, next));
    permitted(own, "rwx------");
    assertEquals(own, NativeFolders.folder(open, own), "nobody else gets in");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), made("target", "rwx------"));
    Path next = temp.resolve("next");
    assertEquals(next, NativeFolders.folder(link, next));
  }

  @Test
  void withoutAnyATemporaryOneIsMade() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Path made = NativeFolders.folder(file, file.resolve("below"));
    assertTrue(Files.isDirectory(made));
    assertFalse(made.startsWith(temp));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    assertTrue(FolderLock.isKnown(made), "others see that it is in use");
    Files.delete(made.resolve(".lock"));
    Files.delete(made);
  }

  private Path left(String name, String permissions, Instant when) throws IOException {
    Path folder = made("whisker-natives" + name, permissions);
    Files.createFile(folder.resolve(".lock"));
    Files.createFile(folder.resolve("libtorch.so"));
    Files.setLastModifiedTime(folder, FileTime.from(when));
    return folder;
  }

  /** 432 MB each stayed behind processes that were killed. */
  @Test
  void whatKilledProcessesLeftGoes() throws IOException {
    Instant now = Instant.now();
    Instant old = now.minus(Duration.ofDays(2));
    Path dead = left("1", "rwx------", old);
    Path young = left("2", "rwx------", now.minus(Duration.ofHours(2)));
    Path alive = left("3", "rwx------", old);
    assertTrue(FolderLock.keep(alive));
    Files.setLastModifiedTime(alive, FileTime.from(old));
    Path others = left("4", "rwxrwxrwx", old);
    Path unlocked = made("whisker-natives5", "rwx------"); // of an older version, perhaps alive
    Files.setLastModifiedTime(unlocked, FileTime.from(old));
    Path target = left("6-target", "rwx------", now);
    Path link = Files.createSymbolicLink(temp.resolve("whisker-natives7"), target);
    Path other = left("8", "rwx------", old);
    Files.move(other, temp.resolve("whisker-other"));
    NativeFolders.sweep(temp, "whisker-natives", now);
    assertFalse(Files.exists(dead));
    for (Path kept : List.of(young, alive, others, unlocked, target, link)) {
      assertTrue(Files.exists(kept), kept.toString());
    }
    assertTrue(Files.exists(alive.resolve("libtorch.so")));
    assertTrue(Files.exists(temp.resolve("whisker-other/libtorch.so")));
  }

  private Map<String, Path> chosen(Map<String, String> named) throws IOException {
    return NativeFolders.choose(
        variable -> named.getOrDefault(variable, ""),
        temp.resolve("home"),
        temp.resolve("whisker/cache/natives"));
  }

  private void refused(String variable, Path folder, Map<String, String> named) {
    IOException e = assertThrows(IOException.class, () -> chosen(named));
    assertEquals(
        folder
            + " ("
            + variable
            + ") can be written by another user, who could put code there; name a folder of your"
            + " own",
        e.getMessage());
  }

  @Test
  void eachFolderThatIsNamedIsChecked() throws IOException {
    String own = made("own", "rwx------").toString();
    Path open = made("open", "rwxrwxrwx");
    for (String variable : List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR", NativeFolders.JAVACPP)) {
      refused(variable, open, Map.of(variable, open.toString()));
      Path below = open.resolve("new");
      refused(variable, below, Map.of(variable, below.toString()));
    }
    refused(
        "ENGINE_CACHE_DIR",
        open,
        Map.of("DJL_CACHE_DIR", own, "ENGINE_CACHE_DIR", open.toString()));
    refused(
        "DJL_CACHE_DIR", open, Map.of("DJL_CACHE_DIR", open.toString(), "ENGINE_CACHE_DIR", own));
  }

  @Test
  void aNamedFolderThatCantBeMadeIsNamedWithItsVariable() throws IOException {
    Path file = Files.createFile(made("own", "rwx------").resolve("file"));
    Path below = file.resolve("below");
    IOException e =
        assertThrows(IOException.class, () -> chosen(Map.of("DJL_CACHE_DIR", below.toString())));
    assertEquals(
        below + " (DJL_CACHE_DIR) can't be read or made; name a folder of your own",
        e.getMessage());
  }

  /** Whoever may write among the temporary files could put another folder in place of ours. */
  @Test
  void whereAllMayMoveWhatIsTemporaryNoCodeIsUnpacked() throws IOException {
    Path open = made("open", "rwxrwxrwx");
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", open.toString());
    try {
      IOException e = assertThrows(IOException.class, () -> NativeFolders.folder(open));
      assertTrue(String.valueOf(e.getMessage()).startsWith(open + " (java.io.tmpdir) can be"));
      Files.setAttribute(open, "unix:mode", 01777);
      assertTrue(NativeFolders.folder(Files.createFile(temp.resolve("file"))).startsWith(open));
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void allLoadersHaveAFolder() throws IOException {
    Path home = made("home", "rwxr-xr-x");
    assertEquals(
        Map.of(
            "DJL_CACHE_DIR",
            home.resolve(".djl.ai"),
            "ENGINE_CACHE_DIR",
            home.resolve(".djl.ai"),
            NativeFolders.JAVACPP,
            home.resolve(".javacpp/cache"),
            "jna.tmpdir",
            home.resolve(".djl.ai/jna")),
        chosen(Map.of()));
    Path own = made("own", "rwx------");
    Map<String, Path> named = chosen(Map.of("DJL_CACHE_DIR", own.toString()));
    assertEquals(own, named.get("ENGINE_CACHE_DIR"));
    assertEquals(home.resolve(".javacpp/cache"), named.get(NativeFolders.JAVACPP));
    assertEquals(
        home.resolve(".djl.ai"),
        chosen(Map.of("ENGINE_CACHE_DIR", own.toString())).get("DJL_CACHE_DIR"));
  }

  @Test
  void whereTheHomeIsOpenToOthersOrMissingNoneIsInIt() throws IOException {
    Path fallback = temp.resolve("whisker/cache/natives");
    Map<String, Path> below =
        Map.of(
            "DJL_CACHE_DIR",
            fallback,
            "ENGINE_CACHE_DIR",
            fallback,
            NativeFolders.JAVACPP,
            fallback.resolve("javacpp"),
            "jna.tmpdir",
            fallback.resolve("jna"));
    assertEquals(below, chosen(Map.of()));
    assertFalse(Files.exists(temp.resolve("home")));
    made("home", "rwxrwxrwx");
    assertEquals(below, chosen(Map.of()));
  }

  @Test
  void aFolderBelowAnothersIsPassedOver() throws IOException {
    Path theirs = made("theirs", "rwxr-xr-x");
    Path link = Files.createSymbolicLink(temp.resolve("link"), made("mine", "rwx------"));
    Path next = temp.resolve("next");
    assertEquals(link.resolve("a"), NativeFolders.folder(link.resolve("a"), next));
    assumeTrue(isRoot(), "only the administrator can give files away");
    Files.setAttribute(theirs, "unix:uid", 4711);
    assertEquals(next, NativeFolders.folder(theirs.resolve("a"), next));
    Files.setAttribute(link, "unix:uid", 4711, LinkOption.NOFOLLOW_LINKS);
    assertEquals(next, NativeFolders.folder(link.resolve("a"), next));
    Path sticky = made("sticky", "rwxrwxrwx");
    Files.setAttribute(sticky, "unix:mode", 01777);
    assertEquals(sticky.resolve("a"), NativeFolders.folder(sticky.resolve("a"), next));
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(temp, "unix:uid").equals(0);
  }

  /** Prints the temporary folder that it takes, and leaves a file in it. */
  static final class Taking {
    private Taking() {}

    public static void main(String[] file) throws IOException {
      Path made = NativeFolders.folder(Path.of(file[0]));
      Files.createDirectories(made.resolve("a/b"));
      Files.createFile(made.resolve("a/b/libtorch.so"));
      System.out.print(made);
    }
  }

  @Test
  void aTemporaryOneGoesWithTheProcess() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("java.class.path"),
                Taking.class.getName(),
                file.toString())
            .start();
    String made = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.onExit().join().exitValue());
    assertTrue(made.startsWith(temp.resolve("whisker-natives").toString()), made);
    assertFalse(Files.exists(Path.of(made)));
  }

  /** DJL then passes over the property, and takes a folder that anybody could have made. */
  @Test
  void aVariableThatIsSetButEmptyIsDjlsOwnFolder() throws IOException {
    Path home = made("home", "rwx------");
    Map<String, String> empty = Map.of("DJL_CACHE_DIR", "", "ENGINE_CACHE_DIR", "");
    assertEquals(
        home.resolve(".djl.ai").toString(), NativeFolders.named(empty, "DJL_CACHE_DIR", home));
    assertEquals("", NativeFolders.named(empty, "ENGINE_CACHE_DIR", home));
    assertEquals(
        System.getProperty("DJL_CACHE_DIR", ""),
        NativeFolders.named(Map.of(), "DJL_CACHE_DIR", home));
    Path none = temp.resolve("none");
    assertEquals(
        Path.of(System.getProperty("java.io.tmpdir"), ".djl.ai").toString(),
        NativeFolders.named(empty, "DJL_CACHE_DIR", none));
  }

  @Test
  void whereNoTemporaryFolderCanBeMadeItSaysWhere() {
    Path among = temp.resolve("nowhere");
    IOException e =
        assertThrows(IOException.class, () -> NativeFolders.temporary(among, "whisker-try"));
    assertTrue(String.valueOf(e.getMessage()).startsWith(among + " "), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("-Djava.io.tmpdir=DIR"), e.getMessage());
  }
}
