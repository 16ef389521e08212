package org.whisker.cli.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ResumedManifest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The seed, and the folder to write, which may be one that was begun before. */
public final class ResumableOutput {
  @Mixin private SeededOutput output = new SeededOutput();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; repeat its other options.")
  private @Nullable Path resume;

  public long seed() {
    return output.seed();
  }

  /** Whether something begun before is to be ended. */
  public boolean resumed() {
    return resume != null;
  }

  /**
   * Refuses what excludes each other, before anything takes time.
   *
   * @throws InvalidRequestException when a new folder and an old one are named
   */
  public void check() {
    InvalidRequestException.refuse(
        resume != null && output.given(), "--out and --resume exclude each other; give one");
  }

  /**
   * The folder: a new one, or that of before, if it was begun with the same manifest.
   *
   * @param same the entries that must agree, see {@link ResumedManifest}
   */
  public Path folder(
      Environment environment, String stem, Map<String, Object> manifest, List<String> same)
      throws IOException {
    if (resume == null) {
      return output.folder(environment, stem);
    }
    ResumedManifest.check(resume, manifest, same);
    return resume;
  }

  /** Writes the manifest with a status: running, stopped or done. */
  public static void write(Path folder, Map<String, Object> manifest, String status)
      throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve("manifest.json"), manifest);
  }
}
