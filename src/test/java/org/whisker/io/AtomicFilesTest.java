package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.value.IoRunnable;

class AtomicFilesTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  @Test
  void createsFoldersAndReplaces() throws IOException {
    Path target = folder.resolve("a/b.txt");
    AtomicFiles.write(target, "one");
    AtomicFiles.write(target, "two");
    assertEquals("two", Files.readString(target));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = folder.resolve("b.txt");
    AtomicFiles.write(target, "old");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("b.txt"), names());
    assertEquals(
        target + " could not be written: the disk is full; free some space and run this again",
        e.getMessage());
  }

  @Test
  void aReadOnlyFileSystemComesWithTheMend() {
    Path target = folder.resolve("b.txt");
    IOException e = new FileSystemException("b.part", null, "Read-only file system");
    String said = "it lies on a file system that is read-only; name a place elsewhere";
    assertEquals(
        target + " could not be written: " + said, AtomicFiles.inOneLine(target, e).getMessage());
  }

  @Test
  void anErrorInTheContentCleansUpToo() throws IOException {
    Path target = folder.resolve("c.txt");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFiles.write(
                target,
                out -> {
                  throw new IllegalStateException("broken");
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void aFileWhereAFolderShouldBeIsNamed() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "x");
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> AtomicFiles.write(file.resolve("x.csv"), "y"))
                .getMessage());
    assertTrue(message.startsWith(file.resolve("x.csv") + " could not be written: "), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void whatIsRefusedForAMomentIsTriedAgain() throws IOException {
    int[] calls = {0};
    IoRunnable third =
        () -> {
          if (++calls[0] < 3) {
            throw new AccessDeniedException("busy");
          }
        };
    AtomicFiles.patiently(third, 2);
    assertEquals(3, calls[0]);
    calls[0] = 0;
    assertThrows(AccessDeniedException.class, () -> AtomicFiles.patiently(third, 1));
    assertEquals(2, calls[0]);
  }

  /** Renamed over, a device would be gone for everybody. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDeviceStaysOne() {
    IOException e =
        assertThrows(IOException.class, () -> AtomicFiles.write(Path.of("/dev/null"), new byte[1]));
    assertEquals("/dev/null is a pipe or device; name a file", e.getMessage());
  }

  @Test
  void aFailureNamesNoClass() {
    Path file = Path.of("out/a.csv");
    for (IOException each :
        List.of(
            new AccessDeniedException("out"),
            new NoSuchFileException("out"),
            new FileSystemException("out"),
            new FileSystemException("out", null, "File too large"))) {
      String said = String.valueOf(AtomicFiles.inOneLine(file, each).getMessage());
      assertTrue(said.startsWith("out/a.csv could not be written: "), said);
      assertFalse(said.contains("Exception"), said);
      assertTrue(said.contains("; "), "the mend: " + said);
    }
  }
}
