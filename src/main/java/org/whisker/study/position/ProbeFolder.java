package org.whisker.study.position;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;
import org.whisker.io.NpyArray;
import org.whisker.position.BlockProbe;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ResumedManifest;

/**
 * The folder of a probe that may be interrupted: the manifest, and {@value #PROGRESS} with what is
 * measured so far (a row, of all modes' places one after the other; NaN is "not yet").
 */
public final class ProbeFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String PROGRESS = "unfinished.npy";
  private static final List<String> SAME =
      List.of("command", "model", "precision", "device", "pixels_crc32", "block", "modes");

  private final Path folder;

  public ProbeFolder(Path folder) {
    this.folder = folder;
  }

  public Path path() {
    return folder;
  }

  public void writeManifest(Map<String, Object> manifest, String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(MANIFEST), manifest);
  }

  /**
   * Checks that what is in the folder was begun in the same way.
   *
   * @throws InvalidRequestException naming what differs, or when there is nothing left to do
   */
  public void checkResumable(Map<String, Object> manifest) throws IOException {
    ResumedManifest.check(folder, manifest, SAME);
  }

  /** What was measured; nothing when it was never saved. */
  public double[][] load(List<BlockProbe> probes) throws IOException {
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

  public void save(double[][] deltas) throws IOException {
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
  public void finish() throws IOException {
    Files.deleteIfExists(folder.resolve(PROGRESS));
  }
}
