package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;
import org.whisker.image.Tones;

/** Experiment {@code background}: the tones of background and pixels. */
final class Backgrounds {
  static final float DARKEST_NOISE = 0.6f;
  private static final String WHITE = "white";

  private Backgrounds() {}

  static Ablation ablation() {
    return new Ablation(
        "background",
        "background",
        "black on white, black on the gray that zero padding corresponds to, white on black, black"
            + " on noise; if the contrast of background and padding draws pixels to the edge, E"
            + " rises on that gray (arms.csv has p(cat) of each bare background as bare_p_cat)",
        "nothing; the gray is left out where it is black or white",
        Backgrounds::design);
  }

  private static Ablation.Design design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(AblationArm.control(WHITE, "black pixels on white"));
    if (s.paddingGray() > 0 && s.paddingGray() < 1) {
      String what =
          String.format(
              Locale.ROOT, "black pixels on gray %.3f, as zero padding looks", s.paddingGray());
      arms.add(toned("gray", what, new Tones(s.paddingGray(), 0)));
      contrasts.add(ArmContrast.pair("gray", WHITE, Measure.EDGE_INDEX, Prediction.RISES));
    }
    arms.add(toned("black", "white pixels on black", new Tones(0, 1)));
    contrasts.add(ArmContrast.pair("black", WHITE, Measure.EDGE_INDEX, Prediction.DIFFERS));
    arms.add(
        AblationArm.transformed(
            "noise",
            "black pixels on grays from " + DARKEST_NOISE + " to 1, drawn anew for each run",
            new InputTransform.Noise(DARKEST_NOISE)));
    contrasts.add(ArmContrast.pair("noise", WHITE, Measure.EDGE_INDEX, Prediction.DIFFERS));
    return new Ablation.Design(arms, contrasts);
  }

  private static AblationArm toned(String name, String what, Tones tones) {
    return AblationArm.searching(name, what, o -> o.withTones(tones));
  }
}
