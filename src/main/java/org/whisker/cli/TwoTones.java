package org.whisker.cli;

import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.image.Tones;

/** Pictures of two grays alone. */
final class TwoTones {
  private TwoTones() {}

  /** The inked pixels of a picture of these tones; empty where it has another gray. */
  static Optional<BlackPixels> of(Raster picture, Tones tones) {
    if (picture instanceof BlackPixels black) {
      return Optional.of(black);
    }
    Canvas canvas = picture.canvas();
    float[] gray = new float[canvas.pixels()];
    picture.paint(gray, 0);
    for (float each : gray) {
      if (each != tones.ink() && each != tones.background()) {
        return Optional.empty();
      }
    }
    int[] inked = IntStream.range(0, gray.length).filter(i -> gray[i] == tones.ink()).toArray();
    return Optional.of(BlackPixels.of(canvas, inked));
  }
}
