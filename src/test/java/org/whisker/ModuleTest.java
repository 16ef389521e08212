package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The descriptor of the module, {@code src/module}: the API is exported, and nothing else. */
class ModuleTest {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final Path SOURCE = Path.of("src/module/java/module-info.java");
  private static final Pattern SERVICE =
      Pattern.compile("ServiceLoader\\.load\\((\\w+)\\.class\\)");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import ([a-z.]+)\\.[A-Z]");

  @TempDir private Path folder;
  private String patch = "";
  private ModuleDescriptor module = ModuleDescriptor.newModule("none").build();

  @BeforeEach
  void compile() throws Exception {
    Path classes =
        Path.of(Whisker.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    patch = "org.whisker=" + classes;
    String said = javac(List.of(), folder.resolve("module"), List.of(SOURCE));
    assertEquals("", said);
    try (InputStream in = Files.newInputStream(folder.resolve("module/module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
  }

  /** What javac says of these sources; nothing where it compiles them. */
  private String javac(List<String> options, Path out, List<Path> sources) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--release", "17", "--patch-module", patch, "-d", out.toString()));
    try (var files = JAVAC.getStandardFileManager(null, null, null)) {
      StringWriter said = new StringWriter();
      var units = files.getJavaFileObjectsFromPaths(sources);
      boolean done = JAVAC.getTask(said, files, null, all, null, units).call();
      return done ? "" : said.toString();
    }
  }

  /** What javac says of a program in a module that requires whisker and nothing else. */
  private String program(String... lines) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path info = source.resolve("module-info.java");
    Files.writeString(info, "module cats { requires org.whisker; }");
    Path program = source.resolve("Cats.java");
    Files.writeString(program, "package cats;\n" + String.join("\n", lines));
    List<String> path = List.of("--module-path", folder.resolve("module").toString());
    return javac(path, folder.resolve("cats"), List.of(info, program));
  }

  private Set<String> exported() {
    return module.exports().stream()
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aProgramUsesWhatIsExported() throws IOException {
    assertEquals("", program("import org.whisker.Whisker;", "class Cats { Whisker whisker; }"));
  }

  @Test
  void aProgramThatUsesAnythingElseIsRefused() throws IOException {
    String said = program("import org.whisker.cli.Main;", "class Cats { Main main; }");
    assertTrue(said.contains("org.whisker.cli is not visible"), said);
  }

  @Test
  void whatTheGuidesProgramsUseIsExported() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> programs = Files.list(Path.of("examples"))) {
      for (Path program : (Iterable<Path>) programs::iterator) {
        Matcher imports = IMPORT.matcher(Files.readString(program));
        imports.results().map(found -> found.group(1)).forEach(used::add);
      }
    }
    used.removeIf(name -> !name.startsWith("org.whisker"));
    assertTrue(exported().containsAll(used), used + " are used");
  }

  @Test
  void theInsideIsNot() {
    for (String inside : List.of("cli", "io", "page", "torch", "onnx.proto", "parallel")) {
      assertTrue(!exported().contains("org.whisker." + inside), inside);
    }
  }

  @Test
  void whatIsLoadedAsAServiceIsUsed() throws IOException {
    Set<String> loaded = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : (Iterable<Path>) sources.filter(Files::isRegularFile)::iterator) {
        SERVICE
            .matcher(Files.readString(source))
            .results()
            .map((MatchResult found) -> found.group(1))
            .forEach(loaded::add);
      }
    }
    Set<String> used =
        module.uses().stream()
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(loaded, used);
  }
}
