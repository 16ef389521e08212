package org.whisker.torch.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchFolderTest {
  /** Printed by sha256sum for files "a" and "b" that hold "1" and "2" without a line break. */
  private static final String OF_TWO =
      "68c2919f4305e50800082ab7f11eb17d96c7832f59154e97b1d373a5179a63ea";

  @TempDir Path cache;

  private LibtorchFolder build(String flavour) throws IOException {
    LibtorchFolder folder = new LibtorchFolder(cache.resolve("2.7.1-" + flavour + "-linux-x86_64"));
    Files.createDirectories(folder.path());
    Files.writeString(folder.path().resolve("b"), "2");
    Files.writeString(folder.path().resolve("a"), "1");
    return folder;
  }

  private static String refused(String pin, String library, Path cache) {
    return String.valueOf(
        assertThrows(IOException.class, () -> LibtorchFolder.check(pin, library, cache))
            .getMessage());
  }

  @Test
  void theHashIsThatOfSha256sumsList() throws IOException {
    LibtorchFolder folder = build("cu128");
    assertEquals(OF_TWO, folder.sha256());
    Files.writeString(folder.path().resolve("0.36.0-libdjl_torch.so"), "DJL's own");
    assertEquals(OF_TWO, folder.sha256());
    Files.writeString(folder.path().resolve("c"), "");
    assertTrue(!OF_TWO.equals(folder.sha256()));
  }

  @Test
  void everyBuildForGpusIsHeldAgainstIt() throws IOException {
    assertTrue(refused(OF_TWO, "", cache).contains("there is no build for GPUs"));
    build("cpu");
    assertTrue(refused(OF_TWO, "", cache).contains("there is no build for GPUs"));
    build("cu128");
    LibtorchFolder.check(OF_TWO.toUpperCase(Locale.ROOT) + "\n", "", cache);
    Path other = build("cu124").path();
    Files.writeString(other.resolve("a"), "planted");
    String said = refused(OF_TWO, "", cache);
    assertTrue(said.startsWith(other + " has the SHA-256 ") && said.contains("as pinned"), said);
    LibtorchFolder.check(OF_TWO, cache.resolve("2.7.1-cu128-linux-x86_64").toString(), cache);
    assertTrue(refused(OF_TWO, other.toString(), cache).contains("as pinned"));
    assertTrue(refused("12", "", cache).contains("64 hexadecimal digits, was '12'"));
  }
}
