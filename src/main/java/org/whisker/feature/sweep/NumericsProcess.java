package org.whisker.feature.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.Interrupts;
import org.whisker.job.JobContext.WhiskerHome;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Does a command under the numerics of a sweep. Libraries read the variables that decide them when
 * they are loaded, and Java can't set its own; so where one is missing the command is done once
 * more, by a process that has them.
 *
 * @param variables what the process needs from its beginning
 */
record NumericsProcess(Map<String, String> variables, Environment environment) {
  private static final long POLL_MILLIS = 200;

  /** Prepares a process for these numerics, which this processor must be able to compute. */
  static NumericsProcess of(Numerics numerics, Environment environment) throws IOException {
    numerics.checkProcessor();
    return new NumericsProcess(numerics.environment(), environment);
  }

  /**
   * Does the command elsewhere, if need be.
   *
   * @return its exit code; empty where this process computes as it should
   */
  OptionalInt instead(CommandSpec command) throws IOException {
    if (System.getenv().entrySet().containsAll(variables.entrySet())) {
      return OptionalInt.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(commandLine(command)).inheritIO();
    builder.environment().putAll(variables);
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
    words.add("-D" + Interrupts.PARENT + "=" + ProcessHandle.current().pid());
    words.add("-D" + WhiskerHome.PROPERTY + "=" + environment.home().folder());
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(Environment.MAIN);
    words.addAll(command.root().commandLine().getParseResult().originalArgs());
    return words;
  }
}
