package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.whisker.cli.Folders;

/** The programs that {@code docs/java.md} shows are those of {@code examples/}. */
class JavaGuideTest {
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\\R(.*?)```");
  private static final Pattern NAME = Pattern.compile("public final class (\\w+)");
  private static final Path EXAMPLES = Path.of("examples");

  private static String guide() throws IOException {
    return Files.readString(Path.of("docs/java.md"));
  }

  @Test
  void showsEveryProgramAsItIs() throws IOException {
    List<String> shown = new ArrayList<>();
    Matcher programs = PROGRAM.matcher(guide());
    while (programs.find()) {
      String code = programs.group(1);
      Matcher name = NAME.matcher(code);
      assertTrue(name.find(), code);
      String file = name.group(1) + ".java";
      assertEquals(Files.readString(EXAMPLES.resolve(file)), code, file);
      shown.add(file);
    }
    assertEquals(List.copyOf(Folders.names(EXAMPLES)), shown.stream().sorted().toList());
  }

  @Test
  void namesTheVersionThatIsBuilt() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>whisker</artifactId>\\s*<version>(.*?)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    assertTrue(guide().contains("<version>" + version.group(1) + "</version>"));
  }
}
