package org.whisker.feature.evolve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.whisker.evolution.RunCheckpoint;
import org.whisker.image.Canvas;
import org.whisker.io.Written;

/**
 * What a checkpoint holds: the search, and what belongs to it in the run's folder.
 *
 * @param written of the files that grow, by their names
 * @param nanos how long the run has taken so far
 */
record SavedRun(RunCheckpoint search, Map<String, Written> written, long nanos) {
  SavedRun {
    written = Map.copyOf(written);
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(nanos);
    out.writeByte(written.size());
    for (Map.Entry<String, Written> file : written.entrySet()) {
      out.writeUTF(file.getKey());
      out.writeLong(file.getValue().bytes());
      out.writeLong(file.getValue().crc32c());
    }
    search.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; see {@link RunCheckpoint#read}. */
  static SavedRun read(DataInputStream in, long most, Canvas canvas, int cacheCapacity)
      throws IOException {
    long nanos = in.readLong();
    Map<String, Written> written = new LinkedHashMap<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      written.put(in.readUTF(), new Written(in.readLong(), in.readLong()));
    }
    RunCheckpoint search = RunCheckpoint.read(in, most, canvas, cacheCapacity);
    return new SavedRun(search, written, nanos);
  }
}
