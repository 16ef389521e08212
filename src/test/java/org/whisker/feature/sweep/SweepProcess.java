package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.cli.Main;
import org.whisker.command.TestEnvironment;
import org.whisker.job.JobContext.WhiskerHome;

/** Commands of sweeps as processes of their own, to be killed at any moment. */
final class SweepProcess {
  private SweepProcess() {}

  /**
   * Begins one.
   *
   * @param variables of its environment
   */
  static Process start(Path home, Map<String, String> variables, String... args)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // they live for seconds
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-D" + WhiskerHome.PROPERTY + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sweep"));
    words.addAll(List.of(args));
    words.add("--quiet");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** Does a command that is not to be killed in this process, which costs no start of another. */
  static void here(Path home, String... args) {
    List<String> words = new ArrayList<>(List.of("sweep"));
    words.addAll(List.of(args));
    words.add("--quiet");
    TestEnvironment test = new TestEnvironment(home);
    int code = test.run(SweepCommand::new, words.toArray(String[]::new));
    assertEquals(0, code, test.err());
  }

  /** Waits for its end, which must be a good one. */
  static void run(Path home, Map<String, String> variables, String... args)
      throws IOException, InterruptedException {
    assertEquals(0, start(home, variables, args).waitFor(), String.join(" ", args));
  }
}
