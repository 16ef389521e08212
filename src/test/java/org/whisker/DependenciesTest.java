package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;

/**
 * Names each jar on the class path that has a known fault, whichever dependency brings it back:
 * another version decides about that, and none of these is asked for by whisker itself.
 */
class DependenciesTest {
  private static final Path LISTS = Path.of("src/test/resources/dependencies");
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*)[^/]*\\.jar");

  /** What was known on 29 November 2026; {@code none} for a library that must not be there. */
  private static final Map<String, String> LEAST = least();

  private static Map<String, String> least() {
    Map<String, String> least = new TreeMap<>();
    try {
      for (CsvRow row : Csv.rows(LISTS.resolve("faults.csv"))) {
        least.put(row.text("library"), row.text("first_without"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return least;
  }

  private static String fault(String jar) {
    Matcher matcher = JAR.matcher(jar);
    if (!matcher.matches() || !LEAST.containsKey(matcher.group(1))) {
      return "";
    }
    String least = LEAST.getOrDefault(matcher.group(1), "");
    boolean old = least.equals("none") || compare(matcher.group(2), least) < 0;
    return old ? jar + ", expected " + least : "";
  }

  private static int compare(String version, String other) {
    List<Integer> a = numbers(version);
    List<Integer> b = numbers(other);
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int difference = (i < a.size() ? a.get(i) : 0) - (i < b.size() ? b.get(i) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    return Pattern.compile("\\.").splitAsStream(version).map(Integer::parseInt).toList();
  }

  @Test
  void noJarHasAKnownFault() {
    List<String> jars =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path", ""))
            .map(entry -> new File(entry).getName())
            .filter(name -> name.endsWith(".jar") && !name.startsWith("guava-1.0.0-M"))
            .toList();
    assertTrue(jars.stream().anyMatch(jar -> jar.startsWith("jackson-databind-")), jars.toString());
    List<String> faults = new ArrayList<>();
    jars.stream().map(DependenciesTest::fault).filter(f -> !f.isEmpty()).forEach(faults::add);
    assertEquals(List.of(), faults);
  }

  @Test
  void namesWhatIsOld() {
    assertEquals(
        List.of(
            "commons-net-3.1.jar, expected none",
            "commons-lang3-3.11.jar, expected 3.18.0",
            "",
            "",
            "guava-31.1-jre.jar, expected 32.0.0"),
        Stream.of(
                "commons-net-3.1.jar",
                "commons-lang3-3.11.jar",
                "commons-lang3-3.18.0.jar",
                "picocli-4.7.7.jar",
                "guava-31.1-jre.jar")
            .map(DependenciesTest::fault)
            .toList());
  }

  /**
   * ND4J has libraries of 2021 and 2022 under other names, of which some have known faults. That
   * nothing of them reads a file is held by {@code cli.Nd4jTest}; another version of ND4J has other
   * ones, so they are listed.
   */
  @Test
  void whatIsRenamedIsListed() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (CsvRow row : Csv.rows(LISTS.resolve("renamed.csv"))) {
      listed.add(String.join(" ", row.text("jar"), row.text("library"), row.text("version")));
    }
    Set<String> found = new TreeSet<>();
    for (String jar : List.of("guava", "jackson", "protobuf")) {
      for (String library : listed.stream().map(line -> line.split(" ", -1)[1]).toList()) {
        version(jar, library).ifPresent(version -> found.add(jar + " " + library + " " + version));
      }
    }
    assertEquals(listed, found);
  }

  /** The version of a library in ND4J's jar of that name, as its own build wrote it down. */
  private static Optional<String> version(String jar, String library) throws IOException {
    String path =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path", ""))
            .filter(entry -> new File(entry).getName().startsWith(jar + "-1.0.0-M"))
            .findFirst()
            .orElseThrow();
    try (ZipFile zip = new ZipFile(path)) {
      Optional<? extends ZipEntry> entry =
          zip.stream()
              .filter(e -> !e.getName().contains("/org.nd4j/"))
              .filter(e -> e.getName().endsWith("/" + library + "/pom.properties"))
              .findFirst();
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(zip.getInputStream(entry.get()));
      return Optional.of(properties.getProperty("version"));
    }
  }
}
