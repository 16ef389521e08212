package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.Optional;

/**
 * What an engine is asked for.
 *
 * @param folder the folder of the sweep
 * @param numerics the numerics that each node is to compute with
 * @param versions the versions that each node is to have
 * @param master where the engine runs; empty: as it is set up
 * @param results the address of a file system of the engine, where results are to be kept; empty:
 *     in the sweep's folder, which all nodes then have under this path
 * @param send whether nodes are sent the models; else they have them under the same paths
 */
public record EngineRequest(
    SweepFolder folder,
    Numerics numerics,
    SweepVersions versions,
    Optional<String> master,
    Optional<String> results,
    boolean send) {
  /** The request for the sweep in a folder. */
  public static EngineRequest of(
      SweepFolder folder, Optional<String> master, Optional<String> results, boolean send)
      throws IOException {
    SweepManifest manifest = SweepManifest.open(folder.path());
    return new EngineRequest(
        folder, manifest.numerics(), manifest.versions(), master, results, send);
  }
}
