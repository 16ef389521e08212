package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFoldersTest {
  private static final String ROOT = "/dev/vda / ext4 rw,relatime 0 0";
  private static final String MEMORY = "tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0";
  private static final String CONTAINER = "shm /dev/shm tmpfs rw,nosuid,nodev,noexec 0 0";

  @TempDir Path folder;

  @Test
  void foldersOfTestsLieThere() throws IOException {
    assertEquals(
        MemoryFolders.memory().isPresent(), folder.startsWith("/dev/shm"), folder.toString());
  }

  @Test
  void itIsMemoryInWhichProgramsCanBeRun() {
    assertTrue(MemoryFolders.takesPrograms(List.of(ROOT, MEMORY)));
    assertFalse(MemoryFolders.takesPrograms(List.of(ROOT)));
    assertFalse(MemoryFolders.takesPrograms(List.of("/dev/vda /dev/shm ext4 rw 0 0")));
    assertFalse(MemoryFolders.takesPrograms(List.of(CONTAINER)));
    assertFalse(MemoryFolders.takesPrograms(List.of(MEMORY, CONTAINER)), "the later covers it");
    assertTrue(MemoryFolders.takesPrograms(List.of(CONTAINER, MEMORY)));
  }
}
