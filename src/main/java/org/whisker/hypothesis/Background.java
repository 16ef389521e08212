package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.image.Tones;
import org.whisker.value.Text;

/** Experiment {@code background}: the tones of background and pixels. */
public final class Background implements Hypothesis {
  static final float DARKEST_NOISE = 0.6f;
  static final String BLACK = "black";
  private static final String WHITE = "white";
  private static final ArmContrast AGAINST_WHITE =
      ArmContrast.pair(BLACK, WHITE, Measure.EDGE_INDEX, Prediction.DIFFERS);

  static final Ablation EXPERIMENT =
      new Ablation(
          "background",
          "black on white, black on the gray that zero padding corresponds to, white on black,"
              + " black on noise; if the contrast of background and padding draws pixels to the"
              + " edge, E rises on that gray (arms.csv has p(target) of each bare background as"
              + " bare_p_target)",
          "nothing; the gray is left out where it is black or white",
          Background::design);

  private static final Declaration DECLARED =
      Declaration.of(
          Topic.CLOSES,
          new Wording(
              "Is it the contrast of white with the padding's value?",
              "the same search on another background",
              "the white background",
              // it predicts an effect of the background, not its direction
              (effect, nothing) ->
                  effect.orElse(0) < nothing
                      ? "on another background, pixels lie even nearer the edge"
                      : "on another background, pixels move inwards",
              "on another background, pixels lie as near the edge",
              Wording.Clause.always("on another background, pixels lie even nearer the edge"),
              "runs",
              false),
          Decisive.by(AGAINST_WHITE),
          Planned.standard(EXPERIMENT));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(AblationArm.control(WHITE, "black pixels on white"));
    if (s.paddingGray() > 0 && s.paddingGray() < 1) {
      String what =
          Text.of(
              "black pixels on gray %.3f, the nearest to how zero padding looks", s.paddingGray());
      arms.add(toned("gray", what, new Tones(s.paddingGray(), 0)));
      contrasts.add(ArmContrast.pair("gray", WHITE, Measure.EDGE_INDEX, Prediction.RISES));
    }
    arms.add(toned(BLACK, "white pixels on black", new Tones(0, 1)));
    contrasts.add(AGAINST_WHITE);
    arms.add(
        AblationArm.transformed(
            "noise",
            "black pixels on grays from " + DARKEST_NOISE + " to 1, drawn anew for each run",
            new InputTransform.Noise(DARKEST_NOISE)));
    contrasts.add(ArmContrast.pair("noise", WHITE, Measure.EDGE_INDEX, Prediction.DIFFERS));
    return new AblationDesign(arms, contrasts);
  }

  private static AblationArm toned(String name, String what, Tones tones) {
    return AblationArm.searching(name, what, o -> o.withTones(tones));
  }
}
