package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code whisker} and {@code whisker.cmd}: the second can't be run here, so it is held to the
 * first.
 */
class LaunchersTest {
  @TempDir private Path temp;

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static Set<String> all(String pattern, String text) {
    return new TreeSet<>(
        Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList());
  }

  /** Spark as an engine of sweeps is for systems that have the shell. */
  private static String withoutSpark(String script) {
    String text = script.replaceAll("(?s)\nspark_options\\(\\) \\{.*?\n}\n", "\n");
    assertTrue(text.length() < script.length());
    return text.replace("WHISKER_SPARK", "").replace("-DoutputDirectory", "");
  }

  private static void agree(String pattern) throws IOException {
    Set<String> here = all(pattern, withoutSpark(text("whisker")));
    assertFalse(here.isEmpty(), pattern);
    assertEquals(here, all(pattern, text("whisker.cmd")), pattern);
  }

  @Test
  void bothGiveTheJvmTheSameOptions() throws IOException {
    agree("-X[a-zA-Z:+=]+\\w*");
    agree("-D[a-z.]+");
    agree("org\\.whisker\\.cli\\.ArchivedClasses|score --device cpu --model");
  }

  @Test
  void bothHeedTheSameVariables() throws IOException {
    agree("WHISKER_[A-Z_]+|JAVA_HOME|OMP_WAIT_POLICY");
  }

  @Test
  void everyLabelOfTheBatchFileIsThere() throws IOException {
    String text = text("whisker.cmd");
    Set<String> labels = all("(?m)(?<=^:)\\w+", text);
    Set<String> used = all("(?<=call :|goto )\\w+", text);
    assertTrue(used.size() > 8, used.toString());
    assertTrue(labels.containsAll(used), used + " in " + labels);
  }

  @Test
  void theBatchFileHasTheLineEndsThatItsShellNeeds() throws IOException {
    String text = text("whisker.cmd");
    assertEquals(0, Pattern.compile("(?<!\\r)\\n").matcher(text).results().count());
    assertTrue(text.chars().allMatch(c -> c < 128), "its shell has no UTF-8");
  }

  @Test
  void aSourceOrThePomNewerThanTheJarIsSeen() throws IOException {
    Path source = Files.createDirectories(temp.resolve("src/main/java")).resolve("A.java");
    Path pom = temp.resolve("pom.xml");
    Path jar = temp.resolve("whisker.jar");
    for (Path each : new Path[] {source, pom, jar}) {
      Files.createFile(each);
    }
    FileTime later = FileTime.from(Instant.now().plusSeconds(5));
    Files.setLastModifiedTime(jar, later);
    assertFalse(NewerSources.than(jar, temp));
    for (Path each : new Path[] {source, pom}) {
      FileTime before = Files.getLastModifiedTime(each);
      Files.setLastModifiedTime(each, FileTime.from(later.toInstant().plusSeconds(5)));
      assertTrue(NewerSources.than(jar, temp), each.toString());
      Files.setLastModifiedTime(each, before);
    }
  }

  /** A release in that folder, whose jar is none; what its launcher says. */
  private String said(String folder, Map<String, String> variables) throws Exception {
    return said(folder, variables, 1, "exec \"$@\"");
  }

  /** How it ends when a shell runs it in that way. */
  private String said(String folder, Map<String, String> variables, int exitCode, String way)
      throws Exception {
    Path release = Files.createDirectories(temp.resolve(folder));
    Path launcher = Files.createDirectories(release.resolve("bin")).resolve("whisker");
    Files.copy(Path.of("whisker"), launcher, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(release.resolve("whisker.jar"), "");
    Path said = Files.createTempFile(temp, "said", "");
    ProcessBuilder process =
        new ProcessBuilder("sh", "-c", way, "sh", "sh", launcher.toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().putAll(variables);
    assertEquals(exitCode, process.start().waitFor());
    return Files.readString(said).replace(temp.toString(), "");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsWrongIsToldInOneLine() throws Exception {
    assertEquals(
        "whisker: /a:b has a ':' in its path, with which Java cannot run; rename the folder\n",
        said("a:b", Map.of()));
    assertEquals(
        "whisker: WHISKER_JAVA_OPTS has 'foo', which is no option of Java; leave it out\n",
        said("options", Map.of("WHISKER_JAVA_OPTS", "-Xmx1g foo")));
    assertEquals(
        "whisker: WHISKER_JAVA_OPTS=-Xmx6gb: Java says: Invalid maximum heap size: -Xmx6gb\n",
        said("heap", Map.of("WHISKER_JAVA_OPTS", "-Xmx6gb")));
    for (String version : new String[] {"early", "99999999999999999999"}) {
      String text = said(version, Map.of("JAVA_HOME", java(version, "echo no")));
      assertTrue(text.startsWith("whisker: /jdk/bin/java is version "), text);
      assertEquals(1, text.lines().count(), text);
    }
  }

  /** A file that the JVM opens would get the number of a stream that is closed. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void closedStreamsAreOpenForTheJvm() throws Exception {
    String does = "for n in 0 1 2; do (eval \": 3<&$n\") 2>/dev/null || exit 7; done; exit 8";
    Map<String, String> variables = Map.of("JAVA_HOME", java("17.0.1", does));
    said("release", variables, 8, "\"$@\" <&- >&- 2>&-");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fewFilesAreToldInOneLine() throws Exception {
    assertEquals(
        "whisker: only 64 files may be open at once; run 'ulimit -n 1024' first\n",
        said("release", Map.of(), 1, "ulimit -n 64; \"$@\""));
  }

  /** An administrator may write everywhere, until that right is laid down. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReleaseOfAnotherUserIsToldInOneLine() throws Exception {
    String rights = "-dac_override,-dac_read_search";
    String other =
        Files.getAttribute(temp, "unix:uid").equals(0)
            ? "setpriv --bounding-set=" + rights + " --inh-caps=" + rights + " \"$@\""
            : "\"$@\"";
    assumeTrue(other.startsWith("\"") || Files.exists(Path.of("/usr/bin/setpriv")));
    String closed = "r=${2%/bin/whisker}; chmod 555 $r; " + other + "; c=$?; chmod 755 $r; exit $c";
    assertEquals(
        "whisker: HOME is not set; name a folder by WHISKER_HOME\n",
        said("release", Map.of(), 1, "unset HOME XDG_DATA_HOME WHISKER_HOME; " + closed));
    assertEquals(
        "whisker: cannot write to /dev/null/x/.local/share/whisker; name a folder by"
            + " WHISKER_HOME\n",
        said("release", Map.of("HOME", "/dev/null/x"), 1, "unset XDG_DATA_HOME; " + closed));
    assertEquals(
        "whisker: /release/whisker.jar may not be read; check its permissions\n",
        said("release", Map.of(), 1, "chmod 0 ${2%/bin/whisker}/whisker.jar; " + other));
  }

  /** An update of the environment would take what lies in it. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReleaseInAnEnvironmentOfCondaShowsItsModelsInTheUsersHome() throws Exception {
    Files.createDirectories(temp.resolve("env/conda-meta"));
    Files.createDirectories(temp.resolve("env/share/whisker/models/mini"));
    String home = Files.createDirectories(temp.resolve("user")).toString();
    Map<String, String> variables = Map.of("JAVA_HOME", java("17.0.1", "exit 8"), "HOME", home);
    said("env/share/whisker", variables, 8, "unset XDG_DATA_HOME WHISKER_HOME; \"$@\"");
    Path models = temp.resolve("user/.local/share/whisker/models");
    assertTrue(Files.isSymbolicLink(models.resolve("mini")), models.toString());
    assertTrue(Files.isDirectory(models.resolve("mini")), models.toString());
    assertFalse(Files.exists(temp.resolve("env/share/whisker/cache")));
  }

  /** The home of a Java of that version, which does nothing but that. */
  private String java(String version, String does) throws IOException {
    Path home = temp.resolve("jdk");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + does + "\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home.toString();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aJavaIsGivenTheClassesThatItKept() throws Exception {
    Path release = Files.createDirectories(temp.resolve("release"));
    Files.createFile(release.resolve("whisker-17.jsa"));
    Map<String, String> newer = Map.of("JAVA_HOME", java("25.0.3", "echo \"$@\"; exit 1"));
    String none = said("release", newer);
    assertFalse(none.contains("SharedArchiveFile"), none);
    assertTrue(none.contains("-Dsun.misc.unsafe.memory.access=allow"), none);
    Files.createFile(release.resolve("whisker-25.jsa"));
    String unknown = said("release", newer); // which may have been cut
    assertFalse(unknown.contains("SharedArchiveFile"), unknown);
    Files.writeString(release.resolve("whisker-25.jsa.size"), "0\n");
    String kept = said("release", newer);
    assertTrue(kept.contains("-XX:SharedArchiveFile=/release/whisker-25.jsa "), kept);
    Files.writeString(release.resolve("whisker-25.jsa.size"), "10000000\n");
    String cut = said("release", newer);
    assertFalse(cut.contains("SharedArchiveFile"), cut);
  }
}
