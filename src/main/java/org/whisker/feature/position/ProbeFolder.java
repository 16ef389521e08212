package org.whisker.feature.position;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.io.CheckpointFiles;
import org.whisker.position.BlockProbe;

/**
 * What a probe that may be interrupted has measured so far: {@link CheckpointFiles} in its folder
 * that hold all modes' places one after the other, NaN where a place was not measured yet.
 *
 * @param path the folder
 */
public record ProbeFolder(Path path) {
  /**
   * What was measured; nothing when it was never saved.
   *
   * @param notes is told in one line of a damaged file
   */
  double[][] load(List<BlockProbe> probes, Consumer<String> notes) {
    return new CheckpointFiles(path)
        .read((in, length) -> read(in, length, unmeasured(probes)), notes)
        .orElseGet(() -> unmeasured(probes));
  }

  private static double[][] unmeasured(List<BlockProbe> probes) {
    return probes.stream().map(BlockProbe::unmeasured).toArray(double[][]::new);
  }

  private static double[][] read(DataInputStream in, long length, double[][] deltas)
      throws IOException {
    long expected = 0;
    for (double[] delta : deltas) {
      expected += (long) delta.length * Double.BYTES;
    }
    if (length != expected) {
      throw new IOException(length + " bytes, expected " + expected);
    }
    for (double[] delta : deltas) {
      for (int place = 0; place < delta.length; place++) {
        delta[place] = in.readDouble();
      }
    }
    return deltas;
  }

  /** Keeps what was measured, mode by mode. */
  public void save(double[][] deltas) throws IOException {
    new CheckpointFiles(path)
        .write(
            out -> {
              for (double[] delta : deltas) {
                for (double value : delta) {
                  out.writeDouble(value);
                }
              }
            });
  }

  /** Takes the progress away: all it held is in the maps. */
  void finish() throws IOException {
    new CheckpointFiles(path).delete();
  }
}
