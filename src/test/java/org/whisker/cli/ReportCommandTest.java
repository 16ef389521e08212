package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.report.SampleFolder;

class ReportCommandTest {
  @TempDir Path home;
  private TestEnvironment environment;

  @BeforeEach
  void fresh() {
    environment = new TestEnvironment(home);
  }

  private int report(Object... folders) {
    String[] args = new String[folders.length + 1];
    args[0] = "report";
    for (int i = 0; i < folders.length; i++) {
      args[i + 1] = folders[i].toString();
    }
    return environment.run(ReportCommand::new, args);
  }

  @Test
  void itDrawsThePageAndSaysWhere() throws IOException {
    Path folder = home.resolve("r");
    SampleFolder.write(folder, "model-a");
    assertEquals(ExitCode.OK, report(folder));
    assertEquals(folder.resolve("index.html") + System.lineSeparator(), environment.out());
    assertEquals("", environment.err());
    assertTrue(Files.size(folder.resolve("index.html")) > 10_000);
  }

  @Test
  void aBadFolderIsNamedAndTheOthersAreDrawn() throws IOException {
    Path good = home.resolve("good");
    Path bad = home.resolve("bad");
    SampleFolder.write(good, "model-a");
    assertEquals(ExitCode.FAILURE, report(bad, good));
    assertEquals(
        "whisker: " + bad + " is no folder; name the folder that whisker explain wrote",
        environment.err().strip());
    assertTrue(Files.exists(good.resolve("index.html")));
  }

  @Test
  void aloneABadFolderIsOneLineToo() {
    assertEquals(ExitCode.FAILURE, report(home.resolve("bad")));
    assertEquals(1, environment.err().lines().count(), environment.err());
    assertEquals(ExitCode.USAGE, environment.run(ReportCommand::new, "report"));
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
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(home.resolve("output")));
    List<String> loaded = Files.readAllLines(log);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("org.whisker.report.ReportPage ")));
    assertFalse(loaded.stream().anyMatch(line -> line.contains(" ai.djl.pytorch.")));
  }
}
