package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names each jar on the class path that has a known fault, whichever dependency brings it back:
 * another version decides about that, and none of these is asked for by whisker itself.
 */
class DependenciesTest {
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*)[^/]*\\.jar");

  /** The first version without the fault; empty for what must not be there at all. */
  private static final Map<String, String> LEAST =
      Map.ofEntries(
          Map.entry("commons-net", ""), // CVE-2021-37533 below 3.9
          Map.entry("log4j", ""),
          Map.entry("commons-collections", ""), // CVE-2015-7501 below 3.2.2
          Map.entry("commons-lang3", "3.18.0"), // CVE-2025-48924
          Map.entry("commons-compress", "1.26.0"), // CVE-2024-25710, CVE-2024-26308
          Map.entry("commons-io", "2.14.0"), // CVE-2024-47554
          Map.entry("jackson-core", "2.15.0"), // CVE-2025-52999
          Map.entry("jackson-databind", "2.15.0"),
          Map.entry("gson", "2.8.9"), // CVE-2022-25647
          Map.entry("protobuf-java", "4.28.2"), // CVE-2024-7254
          Map.entry("pdfbox", "3.0.4"),
          Map.entry("guava", "32.0.0")); // CVE-2023-2976; ND4J has its own, renamed

  private static String fault(String jar) {
    Matcher matcher = JAR.matcher(jar);
    if (!matcher.matches() || !LEAST.containsKey(matcher.group(1))) {
      return "";
    }
    String least = LEAST.getOrDefault(matcher.group(1), "");
    boolean old = least.isEmpty() || compare(matcher.group(2), least) < 0;
    return !old ? "" : jar + (least.isEmpty() ? ", expected none" : ", expected " + least);
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
}
