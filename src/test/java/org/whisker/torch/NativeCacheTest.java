package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
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
    assertEquals(wanted, NativeCache.folder(wanted));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)));
  }

  @Test
  void whatOthersMayWriteToIsPassedOver() throws IOException {
    Path open = made("open", "rwxrwxrwx");
    Path own = made("own", "rwxr-xr-x");
    assertEquals(own, NativeCache.folder(open, own));
    Path planted = Files.createFile(own.resolve("libtorch.so"));
    permitted(planted, "rw-rw-rw-");
    Path next = temp.resolve("next");
    assertEquals(next, NativeCache.folder(open, own, next));
    permitted(own, "rwx------");
    assertEquals(own, NativeCache.folder(open, own), "nobody else gets in");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), made("target", "rwx------"));
    Path next = temp.resolve("next");
    assertEquals(next, NativeCache.folder(link, next));
  }

  @Test
  void withoutAnyATemporaryOneIsMade() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Path made = NativeCache.folder(file, file.resolve("below"));
    assertTrue(Files.isDirectory(made));
    assertFalse(made.startsWith(temp));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    Files.delete(made);
  }

  @Test
  void aLibraryThatIsMissingIsNamed() {
    Throwable missing = new UnsatisfiedLinkError("libc10.so: libgomp.so.1: cannot open");
    String message =
        NativeCache.unloadable(new EngineException("Failed to load", missing)).getMessage();
    assertTrue(
        String.valueOf(message).contains("libc10.so: libgomp.so.1: cannot open; put"), message);
    EngineException other = new EngineException("something else");
    assertSame(other, NativeCache.unloadable(other));
  }
}
