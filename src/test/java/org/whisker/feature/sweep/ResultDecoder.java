package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;

/** Results of tasks, for fuzzers. */
public final class ResultDecoder {
  private ResultDecoder() {}

  public static void read(Path file) throws IOException {
    TaskResult.read(Files.readAllBytes(file), file).table("run.csv");
  }

  /** A well-formed result file, from which mutations start. */
  public static byte[] result() throws IOException {
    return TaskResult.of(
            new TaskKey("0123456789abcdef0123456789abcdef"), Map.of("run.csv", "x,y\n1,2\n"))
        .bytes();
  }
}
