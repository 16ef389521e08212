package org.whisker.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final Pattern COPY =
      Pattern.compile("Records\\.with\\(\\s*\\w+,\\s*(\"\\w+\",[^;]*)\\);");
  private static final Pattern NAME = Pattern.compile("\"(\\w+)\",");

  private record Range(int low, int high, @Nullable String unit) {
    private Range {
      if (low > high) {
        throw new IllegalArgumentException("low " + low + " is above high " + high);
      }
    }
  }

  private static final Range RANGE = new Range(2, 5, "px");

  @Test
  void oneOrTwoComponentsDiffer() {
    assertEquals(new Range(2, 9, "px"), Records.with(RANGE, "high", 9));
    assertEquals(new Range(7, 9, "px"), Records.with(RANGE, "low", 7, "high", 9));
    assertEquals(new Range(2, 5, null), Records.with(RANGE, "unit", null));
  }

  @Test
  void theConstructorChecks() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Records.with(RANGE, "low", 6));
    assertEquals("low 6 is above high 5", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Records.with(RANGE, "width", 6));
  }

  /** The compiler does not see these names. */
  @Test
  void everyNameInTheSourcesIsAComponentOfARecordOfItsFile() throws IOException {
    Path root = Path.of("src/main/java");
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    int copies = 0;
    for (Path file : files) {
      Matcher copy = COPY.matcher(Files.readString(file));
      List<MatchResult> found = copy.results().toList();
      if (found.isEmpty() || file.endsWith("Records.java")) {
        continue;
      }
      String name = root.relativize(file).toString().replace(".java", "").replace('/', '.');
      Set<String> components = components(name);
      for (MatchResult each : found) {
        copies++;
        for (MatchResult part : NAME.matcher(each.group(1)).results().toList()) {
          assertTrue(components.contains(part.group(1)), name + " has no " + part.group(1));
        }
      }
    }
    assertTrue(copies > 40, "only " + copies);
  }

  private static Set<String> components(String name) {
    Class<?> type;
    try {
      type = Class.forName(name, false, RecordsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
    assertNotNull(type);
    return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
        .filter(Class::isRecord)
        .flatMap(each -> Arrays.stream(each.getRecordComponents()))
        .map(RecordComponent::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
