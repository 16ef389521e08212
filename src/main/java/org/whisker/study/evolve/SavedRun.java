package org.whisker.study.evolve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.whisker.evolution.RunCheckpoint;
import org.whisker.image.Canvas;

/**
 * What a checkpoint holds: the search, and what belongs to it in the run's folder.
 *
 * @param lengths of the files that grow, in bytes, by their names
 * @param nanos how long the run has taken so far
 */
record SavedRun(RunCheckpoint search, Map<String, Long> lengths, long nanos) {
  SavedRun {
    lengths = Map.copyOf(lengths);
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(nanos);
    out.writeByte(lengths.size());
    for (Map.Entry<String, Long> file : lengths.entrySet()) {
      out.writeUTF(file.getKey());
      out.writeLong(file.getValue());
    }
    search.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; see {@link RunCheckpoint#read}. */
  static SavedRun read(DataInputStream in, long most, Canvas canvas, int cacheCapacity)
      throws IOException {
    long nanos = in.readLong();
    Map<String, Long> lengths = new LinkedHashMap<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      lengths.put(in.readUTF(), in.readLong());
    }
    RunCheckpoint search = RunCheckpoint.read(in, most, canvas, cacheCapacity);
    return new SavedRun(search, lengths, nanos);
  }
}
