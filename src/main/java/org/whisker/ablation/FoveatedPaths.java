package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.ArmContrast.Prediction;

/** Whether evolved pixels lie where many paths lead from the image into the network. */
final class FoveatedPaths implements Observer {
  private FoveatedPaths() {}

  static Ablation ablation() {
    return Ablation.observing(
        "foveation",
        "foveation",
        "the number of paths that lead from each pixel to the last feature map, against where the"
            + " control's evolved pixels lie; fewer paths leave the edge, so it predicts pixels"
            + " nearer the centre",
        new FoveatedPaths());
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.paths().isEmpty()
        ? Optional.of("its layers are not known, so paths can't be counted")
        : Optional.empty();
  }

  @Override
  public Observed look(Scene scene) {
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                MapAgreement.of(
                    "paths from the pixel",
                    Prediction.RISES,
                    scene.marked(),
                    scene.model().paths().orElseThrow(),
                    scene.unmarked(),
                    scene))));
  }
}
