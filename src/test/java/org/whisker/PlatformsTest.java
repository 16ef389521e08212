package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One place knows platforms: the profiles of pom.xml. */
class PlatformsTest {
  private static final Map<String, String> ND4J =
      Map.of(
          "linux-x86_64", "linux-x86_64",
          "linux-aarch64", "linux-arm64",
          "osx-aarch64", "macosx-arm64",
          "win-x86_64", "windows-x86_64");

  private static final Pattern PROFILE =
      Pattern.compile(
          "<id>(on|for)-([\\w-]+)</id>(?:(?!</profile>).)*"
              + "<nd4j.natives>([\\w-]+)</nd4j.natives>",
          Pattern.DOTALL);

  private static Map<String, String> profiles(String kind) throws IOException {
    Map<String, String> profiles = new TreeMap<>();
    Matcher matcher = PROFILE.matcher(Files.readString(Path.of("pom.xml")));
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        profiles.put(matcher.group(2), matcher.group(3));
      }
    }
    return profiles;
  }

  @Test
  void aMachineAndANamedPlatformGiveTheSamePair() throws IOException {
    assertEquals(new TreeMap<>(ND4J), profiles("on"));
    assertEquals(new TreeMap<>(ND4J), profiles("for"));
  }

  @Test
  void aNamedPlatformStandsBehindTheMachinesAndSoWins() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    int lastMachine =
        ND4J.keySet().stream().mapToInt(p -> pom.indexOf("<id>on-" + p)).max().orElseThrow();
    int firstNamed =
        ND4J.keySet().stream().mapToInt(p -> pom.indexOf("<id>for-" + p)).min().orElseThrow();
    assertEquals(List.of(true), List.of(lastMachine < firstNamed));
  }

  @Test
  void nothingElseNamesOne() throws IOException {
    Pattern platform = Pattern.compile("(linux|osx|macosx|win|windows)-(x86_64|aarch64|arm64)");
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      List<Path> naming =
          Stream.concat(sources, Stream.of(Path.of("whisker"), Path.of("whisker.cmd")))
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".onnx"))
              .filter(file -> platform.matcher(text(file)).find())
              .toList();
      assertEquals(List.of(), naming);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
