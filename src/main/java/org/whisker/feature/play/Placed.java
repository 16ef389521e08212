package org.whisker.feature.play;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;
import org.whisker.position.ChanceBand;

/**
 * Where the inked pixels of a picture lie.
 *
 * @param pixels how many are nearer to the ink than to the canvas in gray
 * @param edgeIndex E, their mean edge rank; empty for none
 * @param chance where E of as many pixels lies by chance; empty for none
 */
public record Placed(int pixels, OptionalDouble edgeIndex, Optional<ChanceBand> chance) {
  /** Gives the band of so many pixels. */
  @FunctionalInterface
  interface Bands {
    ChanceBand of(Canvas canvas, int pixels);
  }

  static Placed of(GrayImage picture, Tones tones, Bands bands) {
    BlackPixels inked = tones.inked(picture);
    Optional<ChanceBand> chance =
        inked.count() == 0
            ? Optional.empty()
            : Optional.of(bands.of(picture.canvas(), inked.count()));
    return new Placed(inked.count(), new EdgeRank(picture.canvas()).edgeIndex(inked), chance);
  }
}
