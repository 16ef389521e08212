package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.whisker.weights.Safetensors;

/**
 * The features that frozen layers computed for a list of photos, on disk: files of {@link #SHARD}
 * photos each, which are memory-mapped, so memory does not grow with their number.
 */
final class FeatureCache {
  /** Photos per file. */
  static final int SHARD = 128;

  static final String PLAIN = "plain";
  static final String MIRRORED = "mirrored";

  private final int length;
  private final List<FloatBuffer> plain;
  private final List<FloatBuffer> mirrored;

  private FeatureCache(int length, List<FloatBuffer> plain, List<FloatBuffer> mirrored) {
    this.length = length;
    this.plain = plain;
    this.mirrored = mirrored;
  }

  /** Opens the files of consecutive photos; all must exist. */
  static FeatureCache open(List<Path> files, int length) throws IOException {
    List<FloatBuffer> plain = new java.util.ArrayList<>();
    List<FloatBuffer> mirrored = new java.util.ArrayList<>();
    for (Path file : files) {
      Safetensors shard = Safetensors.open(file);
      plain.add(shard.floats(PLAIN));
      mirrored.add(shard.floats(shard.names().contains(MIRRORED) ? MIRRORED : PLAIN));
    }
    return new FeatureCache(length, List.copyOf(plain), List.copyOf(mirrored));
  }

  /** Features per photo. */
  int length() {
    return length;
  }

  /** A photo's features, or those of its mirror image. Thread-safe. */
  FloatBuffer row(int photo, boolean mirror) {
    FloatBuffer shard = (mirror ? mirrored : plain).get(photo / SHARD);
    return shard.slice(photo % SHARD * length, length);
  }
}
