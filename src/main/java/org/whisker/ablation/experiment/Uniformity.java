package org.whisker.ablation.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Withheld;
import org.whisker.image.BlackPixels;
import org.whisker.position.BlockUniformity;

/**
 * Experiment {@code uniformity}: whether evolved pixels prefer any positions, in two dimensions. E
 * of ½ can hide a preference for one corner, for a diagonal, or for edge and centre at once.
 */
public final class Uniformity {
  private static final String BLOCKS = "density by blocks";
  private static final int DRAWS = 9_999;
  private static final int FEWEST = 2;

  private Uniformity() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "uniformity",
        "uniformity",
        "the density of the control's evolved pixels over 8 by 8 blocks of the canvas (fewer on small"
            + " ones), its variance against that of the same patterns, each shifted over the borders"
            + " at random; a preference for any places would make runs agree",
        Uniformity::observe);
  }

  private static Observed observe(Observer.Input input) {
    input.check();
    List<BlackPixels> images = input.marked();
    if (images.size() < FEWEST) {
      return Observed.Plain.withheld(
          new Withheld(BLOCKS, "fewer than two runs have a black pixel, so none can agree"));
    }
    BlockUniformity test = BlockUniformity.of(images, DRAWS, input.random("uniformity"));
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                new Observation.Uncorrected(
                    BLOCKS,
                    "the same runs shifted",
                    "excess variance of the blocks' density",
                    Prediction.RISES,
                    test.excess(),
                    null,
                    test.p(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    images.size(),
                    input.unmarked()))));
  }
}
