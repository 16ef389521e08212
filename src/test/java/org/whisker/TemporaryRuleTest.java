package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests make their files in a folder that JUnit removes, or that somebody named. Whoever makes one
 * among the system's temporary files is listed here, with who removes it.
 */
class TemporaryRuleTest {
  private static final Pattern AMONG_ALL = Pattern.compile("createTemp(?:File|Directory)\\(\\s*\"");

  private static final Set<String> REMOVED =
      Set.of(
          "campaign/Campaign.java", // stays: its results, which it names
          "campaign/Tree.java", // by itself, in the same method
          "campaign/WhiskerProcess.java", // by itself, in the same method
          "fuzz/FolderSeeds.java"); // by itself, in the same method

  @Test
  void nobodyLeavesTemporaryFiles() throws IOException {
    Path root = Path.of("src/test/java/org/whisker");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (AMONG_ALL.matcher(Files.readString(file)).find()) {
          found.add(root.relativize(file).toString().replace('\\', '/'));
        }
      }
    }
    assertEquals(new TreeSet<>(REMOVED), found);
  }
}
