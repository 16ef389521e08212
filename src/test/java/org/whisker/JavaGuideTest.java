package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.whisker.cli.Folders;

/**
 * The programs that {@code docs/java.md} and {@code docs/extend.md} show are those of {@code
 * examples/}.
 */
class JavaGuideTest {
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\\R(.*?)```");
  private static final Pattern NAME = Pattern.compile("public final class (\\w+)");
  private static final Path EXAMPLES = Path.of("examples");

  private static String guide() throws IOException {
    return Files.readString(Path.of("docs/java.md")) + Files.readString(Path.of("docs/extend.md"));
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

  /** What JShell is told in the guide, told to it, on a model and a picture of this checkout. */
  @Test
  void itsLinesForJshellRun() throws IOException {
    Matcher block = Pattern.compile("(?s)```jshell\\R(.*?)```").matcher(guide());
    assertTrue(block.find());
    // in this process, which has the class path and the libraries
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      shell.eval("import java.nio.file.Path;");
      String last = "";
      for (String line : block.group(1).lines().toList()) {
        for (SnippetEvent event : shell.eval(line)) {
          List<String> said =
              shell.diagnostics(event.snippet()).map(each -> each.getMessage(Locale.ROOT)).toList();
          assertEquals(Snippet.Status.VALID, event.status(), line + said + event.exception());
          last = String.valueOf(event.value());
        }
      }
      assertEquals(1, Double.parseDouble(last), 0.01, "a cat");
    }
  }
}
