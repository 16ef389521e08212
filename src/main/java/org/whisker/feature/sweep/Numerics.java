package org.whisker.feature.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.Interrupts;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.torch.Precision;
import org.whisker.value.Labelled;

/**
 * What a sweep's numbers depend on besides what is asked: part of the key of every task.
 *
 * @param mode whether nodes of different processors are to give the same bits
 * @param on {@code cpu} or {@code gpu}, and the precision
 */
public record Numerics(Mode mode, DeviceConfig on) {
  /** Whether nodes of different processors are to give the same bits. */
  public enum Mode implements Labelled {
    /** Each node computes in whatever way is fastest on it. */
    NATIVE,
    /** One thread and one instruction set, which every x86-64 processor since 2015 has. */
    PORTABLE;

    /**
     * The mode of that name.
     *
     * @throws InvalidRequestException for another word
     */
    public static Mode parse(String name) {
      return Labelled.find(values(), name)
          .orElseThrow(
              () ->
                  new InvalidRequestException(
                      "numerics are native or portable, not '" + name + "'"));
    }
  }

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Read by libtorch, oneDNN, MKL and OpenMP when they are loaded, and never again. */
  private static final Map<String, String> FIXED = fixed();

  public Numerics {
    InvalidRequestException.refuse(
        !on.device().matches("cpu|gpu"),
        "a sweep runs on cpu or gpu, which its keys hold; device was '" + on.device() + "'");
    InvalidRequestException.refuse(
        mode == Mode.PORTABLE
            && !(on.device().equals("cpu") && on.precision() == Precision.FLOAT32),
        "portable numerics are those of cpu and float32; take numerics native for others");
  }

  private static Map<String, String> fixed() {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("ATEN_CPU_CAPABILITY", "avx2");
    fixed.put("ONEDNN_MAX_CPU_ISA", "AVX2");
    // the only setting of MKL that is the same on processors of different makers
    fixed.put("MKL_CBWR", "COMPATIBLE");
    fixed.put("OMP_NUM_THREADS", "1");
    fixed.put("MKL_NUM_THREADS", "1");
    return fixed;
  }

  /** The variables that a process needs from its beginning; none for native numerics. */
  public Map<String, String> environment() {
    return mode == Mode.PORTABLE ? new LinkedHashMap<>(FIXED) : Map.of();
  }

  /** Whether a process with these variables computes so. */
  public boolean holdIn(Map<String, String> environment) {
    return environment().entrySet().stream()
        .allMatch(fixed -> fixed.getValue().equals(environment.get(fixed.getKey())));
  }

  /**
   * Looks whether this processor can compute so: a library that can't have what it is told takes
   * something else, silently.
   *
   * @throws InvalidRequestException naming the processor
   */
  public void checkProcessor() throws IOException {
    if (mode == Mode.NATIVE) {
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

  /**
   * The numerics and the engine in words, for keys.
   *
   * @param engine the name and version of the engine
   */
  public String label(String engine) {
    return "%s %s %s %s %s"
        .formatted(mode.label(), on.device(), on.precision().label(), engine, environment());
  }

  /**
   * Does a command under the numerics of a sweep. Libraries read the variables that decide them
   * when they are loaded, and Java can't set its own; so where one is missing the command is done
   * once more, by a process that has them.
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
     * @param line all words of the command
     * @return its exit code; empty where this process computes as it should
     */
    OptionalInt instead(List<String> line) throws IOException {
      if (System.getenv().entrySet().containsAll(variables.entrySet())) {
        return OptionalInt.empty();
      }
      ProcessBuilder builder = new ProcessBuilder(commandLine(line)).inheritIO();
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

    private List<String> commandLine(List<String> line) {
      List<String> words = new ArrayList<>();
      words.add(ProcessHandle.current().info().command().orElse("java"));
      words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      words.add("-D" + Interrupts.PARENT + "=" + ProcessHandle.current().pid());
      words.add("-D" + WhiskerHome.PROPERTY + "=" + environment.home().folder());
      words.add("-cp");
      words.add(System.getProperty("java.class.path"));
      words.add(Environment.MAIN);
      words.addAll(line);
      return words;
    }
  }
}
