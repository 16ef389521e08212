package org.whisker.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.Main;
import org.whisker.job.JobContext.WhiskerHome;

/**
 * Commands in processes of their own.
 *
 * @param calls counts and disturbs what they do; null where nothing is to
 * @param hub the address where files are fetched from; empty for none
 */
record WhiskerProcess(Jvm jvm, @Nullable Calls calls, String hub) {
  private static final long LONGEST_S = 1_800;

  /**
   * What came of a process.
   *
   * @param exitCode 137 of one that was killed, 124 of one that did not end
   * @param err what it said on standard error
   * @param made how many of each call it made; empty where they were not counted
   */
  record Ended(int exitCode, String err, long millis, Map<String, Integer> made) {
    boolean killed() {
      return exitCode == 128 + 9;
    }
  }

  /** Runs a command line in a world to its end, whatever that is. */
  Ended run(Path world, List<String> words, Disturbance disturbance)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("whisker", ".err");
    Path counts = Files.createTempFile("whisker", ".calls");
    try {
      ProcessBuilder builder = builder(world, words, List.of(), err);
      if (calls != null) {
        calls.putInto(builder.environment(), counts, disturbance);
      }
      long begun = System.nanoTime();
      int exitCode = await(builder.start(), disturbance);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      String text = Files.readString(err, StandardCharsets.UTF_8);
      return new Ended(exitCode, text, millis, calls == null ? Map.of() : Calls.read(counts));
    } finally {
      Files.delete(err);
      Files.delete(counts);
    }
  }

  private static int await(Process process, Disturbance disturbance) throws InterruptedException {
    boolean ended =
        disturbance instanceof Disturbance.KillAfter after
            ? process.waitFor(after.millis(), TimeUnit.MILLISECONDS)
            : process.waitFor(LONGEST_S, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    int exitCode = process.waitFor();
    return ended || disturbance instanceof Disturbance.KillAfter ? exitCode : 124;
  }

  Process start(Path world, List<String> words, List<String> before, Path err) throws IOException {
    return builder(world, words, before, err).start();
  }

  ProcessBuilder builder(Path world, List<String> words, List<String> before, Path err) {
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
    if (!hub.isEmpty()) {
      builder.environment().put("HF_ENDPOINT", hub);
    }
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return builder;
  }
}
