package org.whisker.feature.play;

import java.util.Optional;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

/** Pictures and states of the {@link SumModels}' size. */
public final class Pictures {
  private Pictures() {}

  public static GrayImage black(int... pixels) {
    return GrayImage.of(BlackPixels.of(SumModels.CANVAS, pixels));
  }

  public static PlayState state(int... pixels) {
    return new PlayState(
        black(pixels), Tones.standard(), ModelChoice.of(SumModels.FIRST), Optional.empty());
  }
}
