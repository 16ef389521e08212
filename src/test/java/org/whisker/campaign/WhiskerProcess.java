package org.whisker.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.whisker.cli.Main;
import org.whisker.job.JobContext.WhiskerHome;

/** Commands in processes of their own. */
record WhiskerProcess(Jvm jvm) {
  private static final long LONGEST_S = 300;

  /**
   * What came of a process.
   *
   * @param exitCode 137 of one that was killed
   * @param err what it said on standard error
   */
  record Ended(int exitCode, String err, long millis) {
    boolean killed() {
      return exitCode == 128 + 9;
    }
  }

  /** Runs a command line in a world to its end, whatever that is. */
  Ended run(Path world, List<String> words, Disturbance disturbance)
      throws IOException, InterruptedException {
    return run(world, words, disturbance, Path.of("/dev/null"));
  }

  private Ended run(Path world, List<String> words, Disturbance disturbance, Path trace)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("whisker", ".err");
    long begun = System.nanoTime();
    Process process = start(world, words, strace(disturbance, trace), err);
    boolean ended =
        disturbance instanceof Disturbance.KillAfter after
            ? process.waitFor(after.millis(), TimeUnit.MILLISECONDS)
            : process.waitFor(LONGEST_S, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    int exitCode = process.waitFor();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    String text = Files.readString(err, StandardCharsets.UTF_8);
    Files.delete(err);
    return new Ended(exitCode, text, millis);
  }

  Process start(Path world, List<String> words, List<String> before, Path err) throws IOException {
    List<String> all = new ArrayList<>(before);
    all.addAll(jvm.options());
    all.addAll(List.of("-D" + WhiskerHome.PROPERTY + "=" + world.resolve("home")));
    all.add(Main.class.getName());
    all.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(world.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return builder.start();
  }

  private static List<String> strace(Disturbance disturbance, Path trace) {
    List<String> injected = disturbance.injected();
    boolean counts = !trace.equals(Path.of("/dev/null"));
    if (injected.isEmpty() && !counts) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("strace", "-f", "-qqq"));
    if (injected.isEmpty()) {
      words.add("--seccomp-bpf"); // quicker, but no signal is injected with it
    }
    words.addAll(List.of("-o", trace.toString(), "-e", "trace=" + traced(disturbance, counts)));
    injected.forEach(rule -> words.addAll(List.of("-e", rule)));
    return words;
  }

  private static String traced(Disturbance disturbance, boolean counts) {
    if (!counts && disturbance instanceof Disturbance.KillAt kill) {
      return kill.call();
    } else if (!counts && disturbance instanceof Disturbance.FailFrom fail) {
      return fail.call();
    }
    return String.join(",", Disturbance.CALLS);
  }

  /** How often a thread makes each call at most, in an undisturbed run. */
  Map<String, Integer> calls(Path world, List<String> words)
      throws IOException, InterruptedException {
    Path trace = Files.createTempFile("whisker", ".strace");
    Ended ended = run(world, words, new Disturbance.None(), trace);
    if (ended.exitCode() != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + ended);
    }
    Map<String, Integer> byThread = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      String[] parts = line.split("[ (]+", 3);
      if (parts.length == 3 && Disturbance.CALLS.contains(parts[1])) {
        int count = byThread.merge(parts[0] + " " + parts[1], 1, Integer::sum);
        most.merge(parts[1], count, Math::max);
      }
    }
    Files.delete(trace);
    return most;
  }
}
