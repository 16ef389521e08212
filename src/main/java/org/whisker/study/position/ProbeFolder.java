package org.whisker.study.position;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.io.Npy;
import org.whisker.io.NpyArray;
import org.whisker.position.BlockProbe;

/**
 * What a probe that may be interrupted has measured so far: {@value #PROGRESS} in its folder, a row
 * of all modes' places one after the other, in which NaN is "not yet".
 *
 * @param path the folder
 */
public record ProbeFolder(Path path) {
  private static final String PROGRESS = "unfinished.npy";

  /** What was measured; nothing when it was never saved. */
  double[][] load(List<BlockProbe> probes) throws IOException {
    double[][] deltas = probes.stream().map(BlockProbe::unmeasured).toArray(double[][]::new);
    Path file = path.resolve(PROGRESS);
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

  /** Keeps what was measured, mode by mode. */
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
    Npy.write(path.resolve(PROGRESS), 1, length, all);
  }

  /** Takes the progress away: all it held is in the maps. */
  void finish() throws IOException {
    Files.deleteIfExists(path.resolve(PROGRESS));
  }
}
