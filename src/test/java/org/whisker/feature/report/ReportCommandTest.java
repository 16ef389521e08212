package org.whisker.feature.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.command.CommandFixture;
import org.whisker.command.ExitCode;
import org.whisker.feature.evolve.SampleEvolution;
import org.whisker.page.SampleFolder;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.result.MadeMaps;

class ReportCommandTest extends CommandFixture {
  private int report(Object... folders) {
    String[] args = new String[folders.length + 1];
    args[0] = "report";
    for (int i = 0; i < folders.length; i++) {
      args[i + 1] = folders[i].toString();
    }
    return test.run(ReportCommand::new, args);
  }

  @Test
  void itDrawsThePageAndSaysWhere() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    assertEquals(ExitCode.OK, report(folder));
    assertEquals(folder.resolve("index.html") + System.lineSeparator(), test.out());
    assertEquals("", test.err());
    assertTrue(Files.size(folder.resolve("index.html")) > 10_000);
  }

  /** A page of maps is drawn again; one of another command stays as it is. */
  @Test
  void anyFolderThatHasAPageIsOneFile() throws IOException {
    Path maps = home.resolve("maps");
    MadeMaps.folder(
        maps, "m", List.of(MadeMaps.explained(MadeMaps.photo("a"), OcclusionMethod.METHOD)));
    Path file = home.resolve("alone.html");
    assertEquals(ExitCode.OK, report(maps, "--single-file", file), test.err());
    assertTrue(Files.readString(file).contains("Map of a by occlusion"), "the map");
    Path other = Files.createDirectories(home.resolve("other"));
    Files.writeString(other.resolve("manifest.json"), "{\"format\": 1, \"command\": \"league\"}");
    Files.writeString(other.resolve("index.html"), "<p>a page</p>");
    assertEquals(ExitCode.OK, report(other, "--single-file", file), test.err());
    assertEquals("<p>a page</p>", Files.readString(file));
  }

  @Test
  void whatAKilledOneLeftIsRemoved() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    // no system has so many processes
    Path left = Files.createFile(folder.resolve(".index.html.999999999-1.partial"));
    assertEquals(ExitCode.OK, report(folder), test.err());
    assertFalse(Files.exists(left));
  }

  @Test
  void aSingleFileLinksNothing() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    Path file = home.resolve("alone.html");
    Path killed =
        Files.createFile(file.resolveSibling("." + file.getFileName() + ".999999999-1.partial"));
    assertEquals(ExitCode.OK, report(folder, "--single-file=" + file), test.err());
    assertFalse(Files.exists(killed), "what a killed process was writing");
    assertTrue(test.out().endsWith(file + System.lineSeparator()), test.out());
    String page = Files.readString(file);
    assertFalse(page.contains("href=\"./"), "a link to a table");
    assertTrue(page.contains("<span class=\"data\">model-a/geometry/arms.csv</span>"), "its name");
    assertTrue(Files.readString(folder.resolve("index.html")).contains("href=\"./"));
    assertEquals(ExitCode.FAILURE, report(folder, "--single-file=" + folder.resolve("index.html")));
    assertTrue(test.err().contains("is the page itself"), test.err());
    assertEquals(
        ExitCode.FAILURE, report(folder, "--single-file=" + folder.resolve("manifest.json")));
    assertTrue(test.err().contains("is a file of the report"), test.err());
    assertEquals(ExitCode.FAILURE, report(folder, "--single-file=" + home));
    assertEquals(ExitCode.USAGE, report(folder, folder, "--single-file=" + file));
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    Path elsewhere = home.resolve("elsewhere");
    Files.move(folder.resolve("model-a"), elsewhere);
    Files.createSymbolicLink(folder.resolve("model-a"), elsewhere);
    assertEquals(ExitCode.FAILURE, report(folder));
    assertTrue(test.err().contains("is a link to another folder"), test.err());
  }

  @Test
  void evolutionsHaveTheirOwnPage() throws IOException {
    Path folder = home.resolve("evolution");
    SampleEvolution.write(folder);
    assertEquals(ExitCode.OK, report(folder), test.err());
    assertTrue(Files.readString(folder.resolve("index.html")).contains("class=\"replay\""));
  }

  @Test
  void aCopyToHandOnHasNoDeadLink() throws IOException {
    Path folder = home.resolve("r");
    Path copy = home.resolve("copy");
    SampleFolder.write(folder, "model-a");
    Path large = folder.resolve("model-a/geometry/arms.csv");
    Files.writeString(large, Files.readString(large) + "\n".repeat(100_000));
    assertEquals(ExitCode.OK, report(folder, "--share=" + copy), test.err());
    String page = Files.readString(copy.resolve("index.html"));
    assertTrue(page.contains("model-a/geometry/arms.csv (not in this copy)"));
    assertTrue(test.err().contains("model-a/geometry/arms.csv"), test.err());
    List<String> links =
        Pattern.compile("href=\"\\./([^\"]+)\"")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertTrue(links.contains("findings.csv") && links.contains("manifest.json"), links::toString);
    for (String link : links) {
      assertTrue(Files.isRegularFile(copy.resolve(link)), link);
    }
    assertFalse(Files.exists(copy.resolve("model-a/geometry/arms.csv")));
    assertEquals(ExitCode.FAILURE, report(copy));
    assertTrue(test.err().contains("is a copy without its large tables"));
    assertEquals(page, Files.readString(copy.resolve("index.html")));
    assertEquals(ExitCode.USAGE, report(folder, "--share=" + copy));
    assertEquals(ExitCode.USAGE, report(folder, folder, "--share=" + home.resolve("other")));
  }

  @Test
  void sharesFoldersWithAnyName() throws IOException {
    Path folder = Files.createDirectory(home.resolve("a report & more"));
    Path copy = home.resolve("a copy & 100%");
    SampleFolder.write(folder, "it's a & b");
    assertEquals(ExitCode.OK, report(folder, "--share=" + copy), test.err());
    assertEquals("", test.err());
    assertEquals(
        Files.readString(folder.resolve("it's a & b/geometry/arms.csv")),
        Files.readString(copy.resolve("it's a & b/geometry/arms.csv")));
    assertEquals(
        Files.readString(folder.resolve("index.html")),
        Files.readString(copy.resolve("index.html")));
  }

  /** What a page shows of a link's target would be shared with it. */
  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "findings.csv", "model-a/geometry/arms.csv"})
  void sharesNothingBehindALink(String name) throws IOException {
    Path folder = Files.createDirectory(home.resolve("report"));
    SampleFolder.write(folder, "model-a");
    Path inside = folder.resolve(name);
    Path outside = home.resolve("outside");
    Files.move(inside, outside);
    Files.createSymbolicLink(inside, outside);
    byte[] before = Files.readAllBytes(outside);
    Path copy = home.resolve("copy");
    Path alone = home.resolve("alone.html");
    for (String option :
        List.of("--share=" + copy, "--single-file=" + alone, "--single-file=" + outside)) {
      newEnvironment();
      assertEquals(ExitCode.FAILURE, report(folder, option), option);
      assertEquals(
          "whisker: "
              + inside
              + " is a link out of "
              + folder
              + ", where nothing is shared from;"
              + " put the file in its place",
          test.err().strip());
    }
    assertFalse(Files.exists(copy) || Files.exists(alone));
    assertArrayEquals(before, Files.readAllBytes(outside));
    assertEquals(ExitCode.OK, report(folder), test.err());
  }

  @Test
  void aLinkWithinTheFolderIsNoWayOut() throws IOException {
    Path folder = Files.createDirectory(home.resolve("report"));
    SampleFolder.write(folder, "model-a");
    Path table = folder.resolve("model-a/geometry/arms.csv");
    Files.move(table, table.resolveSibling("moved.csv"));
    Files.createSymbolicLink(table, Path.of("moved.csv"));
    Path named = Files.createSymbolicLink(home.resolve("named"), folder);
    Path copy = home.resolve("copy");
    assertEquals(ExitCode.OK, report(named, "--share=" + copy), test.err());
    assertTrue(test.err().contains("not in the copy: model-a/geometry/arms.csv"));
  }

  @Test
  void aBadFolderIsNamedAndTheOthersAreDrawn() throws IOException {
    Path good = home.resolve("good");
    Path bad = home.resolve("bad");
    SampleFolder.write(good, "model-a");
    assertEquals(ExitCode.FAILURE, report(bad, good));
    assertEquals(
        "whisker: " + bad + " is not a folder; name the folder that whisker explain wrote",
        test.err().strip());
    assertTrue(Files.exists(good.resolve("index.html")));
  }

  /** A hundred thousand of them would take minutes, and all memory. */
  @Test
  void moreFindingsThanAnyReportHasAreRefused() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    Path findings = folder.resolve("findings.csv");
    List<String> lines = Files.readAllLines(findings);
    Files.writeString(findings, lines.get(0) + "\n" + (lines.get(1) + "\n").repeat(1_501));
    assertEquals(ExitCode.FAILURE, report(folder));
    assertTrue(test.err().contains("has 1,501 rows, more than the 1,500"), test.err());
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  @Test
  void aloneABadFolderIsOneLineToo() {
    assertEquals(ExitCode.FAILURE, report(home.resolve("bad")));
    assertEquals(1, test.err().lines().count(), test.err());
    assertEquals(ExitCode.USAGE, test.run(ReportCommand::new, "report"));
  }

  /** In a process of its own, whose log names every class that was loaded. */
  @Test
  void noModelIsLoaded() throws Exception {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    Path log = home.resolve("classes");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dwhisker.home=" + home,
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "org.whisker.cli.Main",
                "report",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(home.toFile(), "output"))
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), Files.readString(home.resolve("output")));
    List<String> loaded = Files.readAllLines(log);
    assertTrue(
        loaded.stream().anyMatch(line -> line.contains("org.whisker.feature.explain.ReportPage ")));
    assertFalse(loaded.stream().anyMatch(line -> line.contains(" ai.djl.pytorch.")));
  }

  /** A copy in the report would be a part of the next copy. */
  @Test
  void sharesNothingIntoItself() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    Path copy = folder.resolve("copy");
    assertEquals(ExitCode.USAGE, report(folder, "--share=" + copy));
    assertEquals(
        "whisker: --share " + copy + " lies in the report; name a folder outside of it",
        test.err().strip());
    assertFalse(Files.exists(copy));
    assertEquals(ExitCode.USAGE, report(folder, "--share=" + home));
    assertTrue(test.err().contains("--share " + home + " is not empty"), test.err());
  }

  @Test
  void aDamagedTableOfEvolveIsNamed() throws IOException {
    Path folder = home.resolve("evolved");
    SampleEvolution.write(folder);
    Path table = folder.resolve("summary.csv");
    Files.write(table, new byte[100]);
    assertEquals(ExitCode.FAILURE, report(folder));
    assertTrue(test.err().contains(table.toString()), test.err());
  }
}
