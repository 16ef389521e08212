package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.position.BlockProbe;
import org.whisker.report.Npy;
import org.whisker.report.NpyArray;

/**
 * The folder of a probe that may be interrupted: the manifest, and {@value #PROGRESS} with what is
 * measured so far (a row, of all modes' places one after the other; NaN is "not yet").
 */
final class ProbeFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String PROGRESS = "unfinished.npy";
  private static final List<String> SAME =
      List.of("command", "model", "precision", "device", "pixels_crc32", "block", "modes");

  private final Path folder;

  ProbeFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  void writeManifest(Map<String, Object> manifest, String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(MANIFEST), manifest);
  }

  /**
   * Checks that what is in the folder was begun in the same way.
   *
   * @throws UsageException naming what differs, or when there is nothing left to do
   */
  void checkResumable(Map<String, Object> manifest) throws IOException {
    ResumedManifest.check(folder, manifest, SAME);
  }

  /** What was measured; nothing when it was never saved. */
  double[][] load(List<BlockProbe> probes) throws IOException {
    double[][] deltas = probes.stream().map(BlockProbe::unmeasured).toArray(double[][]::new);
    Path file = folder.resolve(PROGRESS);
    if (!Files.exists(file)) {
      return deltas;
    }
    NpyArray saved = Npy.read(file);
    int at = 0;
    for (double[] delta : deltas) {
      for (int place = 0; place < delta.length; place++) {
        delta[place] = saved.get(0, at++);
      }
    }
    return deltas;
  }

  void save(double[][] deltas) throws IOException {
    int length = 0;
    for (double[] delta : deltas) {
      length += delta.length;
    }
    double[] all = new double[length];
    int at = 0;
    for (double[] delta : deltas) {
      System.arraycopy(delta, 0, all, at, delta.length);
      at += delta.length;
    }
    Npy.write(folder.resolve(PROGRESS), 1, length, all);
  }

  /** Takes the progress away: all it held is in the maps. */
  void finish() throws IOException {
    Files.deleteIfExists(folder.resolve(PROGRESS));
  }
}
