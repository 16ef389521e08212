package org.whisker.cli.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.whisker.cli.Main;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.WhiskerHome;
import org.whisker.sweep.Numerics;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Does a command under the numerics of a sweep. Libraries read the variables that decide them when
 * they are loaded, and Java can't set its own; so where they are missing the command is done once
 * more, by a process that has them.
 */
record NumericsProcess(Numerics numerics, Environment environment) {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final long POLL_MILLIS = 200;

  /**
   * Does the command elsewhere, if need be.
   *
   * @return its exit code; empty where this process computes as it should
   */
  OptionalInt instead(CommandSpec command) throws IOException {
    checkProcessor();
    if (numerics.holdIn(System.getenv())) {
      return OptionalInt.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(commandLine(command)).inheritIO();
    builder.environment().putAll(numerics.environment());
    Process process = builder.start();
    try {
      return OptionalInt.of(ended(process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.of(ExitCode.INTERRUPTED);
    } finally {
      process.destroy();
    }
  }

  private int ended(Process process) throws InterruptedException {
    BooleanSupplier stopped = environment.interrupts().listen();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stopped.getAsBoolean()) {
        process.destroy(); // a SIGTERM that this process got alone
        process.waitFor();
      }
    }
    return process.exitValue();
  }

  private List<String> commandLine(CommandSpec command) {
    List<String> words = new ArrayList<>();
    words.add(ProcessHandle.current().info().command().orElse("java"));
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.add("-D" + WhiskerHome.PROPERTY + "=" + environment.home().folder());
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(Main.class.getName());
    words.addAll(command.root().commandLine().getParseResult().originalArgs());
    return words;
  }

  /** A library that can't have what it is told takes something else, silently. */
  private void checkProcessor() throws IOException {
    Map<String, String> fixed = numerics.environment();
    if (fixed.isEmpty()) {
      return;
    }
    String kind = System.getProperty("os.arch", "");
    boolean able =
        kind.equals("amd64")
            && (!Files.isReadable(PROCESSOR)
                || Files.readString(PROCESSOR).matches("(?s).*\\bavx2\\b.*"));
    InvalidRequestException.refuse(
        !able,
        "portable numerics need an x86-64 processor with AVX2, which this one (%s) has not; take native numerics"
            .formatted(kind));
  }
}
