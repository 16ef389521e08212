package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.io.AtomicFiles;
import org.whisker.io.FolderLock;

class OutputFolderTest {
  @TempDir Path temp;

  private Path create(Optional<Path> asked) throws IOException {
    return OutputFolder.create(
        asked, temp.resolve("analyses"), "evolve-vgg16-mini", TestEnvironment.CLOCK);
  }

  @Test
  void namesANewFolderByTheTimeAndNeverTheSameTwice() throws IOException {
    String name = "analyses/evolve-vgg16-mini-20261125-101500";
    assertEquals(temp.resolve(name), create(Optional.empty()));
    assertEquals(temp.resolve(name + "-2"), create(Optional.empty()));
    assertEquals(temp.resolve(name + "-3"), create(Optional.empty()));
    assertTrue(Files.isDirectory(temp.resolve(name + "-3")));
  }

  @Test
  void takesANewOrEmptyFolder() throws IOException {
    Path asked = temp.resolve("a/b");
    assertEquals(asked, create(Optional.of(asked)));
    assertEquals(asked, create(Optional.of(asked)));
    assertTrue(Files.isDirectory(asked));
  }

  /** As explain does that is ended before its manifest is there. */
  @Test
  void takesAFolderInWhichAProcessOnlyBegan() throws IOException {
    Path asked = Files.createDirectory(temp.resolve("begun"));
    FolderLock.run(asked, () -> Files.createFile(asked.resolve(".manifest.json.123-4.partial")));
    assertEquals(asked, create(Optional.of(asked)));
    Files.createFile(asked.resolve("mine.partial"));
    assertThrows(InvalidRequestException.class, () -> create(Optional.of(asked)));
  }

  @Test
  void refusesAFullFolderAndAFile() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    for (Path asked : new Path[] {temp, file}) {
      String message =
          assertThrows(InvalidRequestException.class, () -> create(Optional.of(asked))).toString();
      assertTrue(message.contains("--out " + asked + " is "), message);
    }
  }

  /** Before hours of work rather than after them. */
  @Test
  void refusesAPlaceThatTakesNoFolder() throws IOException {
    Path asked = Files.createFile(temp.resolve("file")).resolve("inside");
    String message =
        assertThrows(InvalidRequestException.class, () -> OutputFolder.check(asked)).toString();
    assertTrue(message.contains("--out " + asked + " can't be made: "), message);
    OutputFolder.check(temp.resolve("a/b/c"));
    assertTrue(Files.notExists(temp.resolve("a")));
  }

  /** A full disk ended with exit code 2 of wrong usage. */
  @Test
  void aFullDiskIsNoWrongUse() {
    assertTrue(
        AtomicFiles.isOfTheDisk(new FileSystemException("out", null, "No space left on device")));
    assertFalse(AtomicFiles.isOfTheDisk(new AccessDeniedException("out")));
    assertFalse(
        AtomicFiles.isOfTheDisk(new FileSystemException("out", null, "File name too long")));
  }
}
