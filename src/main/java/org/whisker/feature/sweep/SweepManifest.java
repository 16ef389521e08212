package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobManifest;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;

/** What the manifest of a sweep says to those who work on it. */
public final class SweepManifest {
  public static final String COMMAND = "sweep";

  private final Path file;
  private final JsonNode content;

  private SweepManifest(Path file, JsonNode content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Opens the manifest of the sweep in a folder.
   *
   * @throws InvalidRequestException when it is not the folder of a sweep
   */
  public static SweepManifest open(Path folder) throws IOException {
    JobManifest manifest = JobManifest.open(folder, COMMAND);
    return new SweepManifest(folder.resolve(JobManifest.NAME), manifest.content());
  }

  /** What results depend on besides what is asked. */
  public Numerics numerics() {
    return InvalidRequestException.check(
        () ->
            new Numerics(
                Numerics.Mode.parse(content.path("numerics").asText()),
                new DeviceConfig(
                    content.path("device").asText(),
                    Precision.parse("precision", content.path("precision").asText()))));
  }

  public long tasks() {
    return content.path("tasks").asLong();
  }

  /** Seconds of one process that were planned for all. */
  public double seconds() {
    return content.path("seconds").asDouble();
  }

  /** The versions of what planned the sweep. */
  public SweepVersions versions() {
    return new SweepVersions(
        file.toString(), content.at("/versions/whisker").asText(), content.path("engine").asText());
  }

  /**
   * What a sweep was planned with.
   *
   * @param source the file that says so, for messages
   * @param whisker the version of whisker
   * @param engine the name and version of the engine
   */
  public record SweepVersions(String source, String whisker, String engine) {
    /**
     * Looks whether this whisker's results would be those of the keys. Loads libtorch.
     *
     * @throws IOException when whisker or libtorch is another version here
     */
    public void check() throws IOException {
      check("whisker", whisker, WhiskerVersion.get());
      check("engine", engine, Classifiers.engine());
    }

    private void check(String what, String planned, String here) throws IOException {
      if (!planned.equals(here)) {
        throw new IOException(
            "%s was planned with %s %s, here it is %s; results would be mixed, plan a new sweep"
                .formatted(source, what, planned, here));
      }
    }
  }
}
