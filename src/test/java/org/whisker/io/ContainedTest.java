package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainedTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a//b",
        "a/",
        "C:x",
        ".",
        "..",
        "../x",
        "a/../../x",
        "a/./b",
        "/etc",
        "a\\b",
        "a\0b"
      })
  void noNameLeadsOut(String name) {
    Path folder = home.resolve("folder");
    IOException e = assertThrows(IOException.class, () -> new Contained(folder).resolve(name));
    assertEquals(
        folder
            + ": '"
            + name.replace('\0', '?')
            + "' is no name of a file in it; restore what names it",
        String.valueOf(e.getMessage()).replace('\0', '?'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.csv", "it's a & b/..c", "images/1", "ä"})
  void othersLieInIt(String name) throws IOException {
    assertEquals(home.resolve(name), new Contained(home).resolve(name));
  }

  @Test
  void linksAreFollowedWithinItAlone() throws IOException {
    Path folder = Files.createDirectories(home.resolve("folder/deep"));
    Path file = Files.createFile(folder.resolve("file"));
    Files.createSymbolicLink(folder.resolve("link"), file);
    Files.createSymbolicLink(folder.resolve("nowhere"), home.resolve("missing"));
    Contained all = new Contained(home.resolve("folder"));
    all.requireNoWayOut();
    Path out = Files.createSymbolicLink(folder.resolve("out"), home);
    IOException e = assertThrows(IOException.class, all::requireNoWayOut);
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(out + " is a link out of "), e.getMessage());
    new Contained(home).requireNoWayOut();
  }
}
