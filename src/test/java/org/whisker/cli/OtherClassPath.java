package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.job.JobContext.WhiskerHome;

/** Runs whisker in a process of its own, with one more folder on its class path. */
final class OtherClassPath {
  private OtherClassPath() {}

  /** What it prints. */
  static String whisker(Path home, Path registry, String... args)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-D" + WhiskerHome.PROPERTY + "=" + home,
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + registry,
                Main.class.getName()));
    words.addAll(List.of(args));
    Path printed = home.resolve("printed");
    Path complaint = home.resolve("complaint");
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(printed.toFile())
            .redirectError(complaint.toFile())
            .start();
    int code = process.waitFor();
    String said = Files.readString(complaint, StandardCharsets.UTF_8);
    assertEquals(0, code, said);
    return Files.readString(printed, StandardCharsets.UTF_8);
  }
}
