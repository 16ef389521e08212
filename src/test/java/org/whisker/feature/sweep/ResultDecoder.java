package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.job.ConfigJson;

/** Tasks and their results, for fuzzers. */
public final class ResultDecoder {
  private ResultDecoder() {}

  public static void tasks(Path file) throws IOException {
    new SweepFolder(file.resolveSibling("")).scan(new Share(1, 1), task -> {});
  }

  public static void read(Path file) throws IOException {
    SweepFolder.result(Files.readAllBytes(file), file).table("run.csv");
  }

  /** A well-formed result file, from which mutations start. */
  public static byte[] result() {
    TaskKey key = new TaskKey("0123456789abcdef0123456789abcdef");
    return ConfigJson.write(TaskResult.of(key, Map.of("run.csv", "x,y\n1,2\n")))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
