package org.whisker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders of tests lie in memory where Linux has room for them, otherwise among the system's
 * temporary files. Every file of whisker is forced to the disk before it has its name, and tests
 * write thousands of small ones: on a disk they wait for it a good part of their time.
 */
public final class MemoryFolders implements TempDirFactory {
  /** So much must be free: far more than all tests have at one time. */
  private static final long ROOM = 4L << 30;

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws Exception {
    Optional<Path> memory = memory();
    return memory.isPresent()
        ? Files.createTempDirectory(memory.get(), "junit-")
        : Standard.INSTANCE.createTempDirectory(element, context);
  }

  static Optional<Path> memory() throws IOException {
    return Files.isRegularFile(MOUNTS)
            && takesPrograms(Files.readAllLines(MOUNTS))
            && Files.isWritable(MEMORY)
            && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
        ? Optional.of(MEMORY)
        : Optional.empty();
  }

  /** Containers often mount it such that no script can be run there, as some tests do. */
  static boolean takesPrograms(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length > 3 && words[1].equals(MEMORY.toString()))
        .reduce((covered, last) -> last)
        .filter(words -> words[2].equals("tmpfs"))
        .filter(words -> !List.of(words[3].split(",", -1)).contains("noexec"))
        .isPresent();
  }
}
