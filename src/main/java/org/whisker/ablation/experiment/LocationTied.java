package org.whisker.ablation.experiment;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.MoveCurve;
import org.whisker.ablation.MovedPatterns;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PatternMove;
import org.whisker.ablation.PatternMoves;
import org.whisker.ablation.StrideComb;
import org.whisker.classifier.Classifier;

/** Experiment {@code location-tied}: evolved patterns moved to other positions. */
public final class LocationTied {
  /** Equivalence margin of the share of evidence lost, fixed beforehand. */
  private static final double MARGIN = 0.05;

  private LocationTied() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "location-tied",
        "location-tied",
        "the control's evolved images rolled by every distance, translated, mirrored, shrunk"
            + " towards the centre, with edge and centre exchanged, and scattered; if a pattern is"
            + " tied to its location, it loses its evidence for cat when moved; rolls by multiples"
            + " of a stride are the control",
        LocationTied::observe);
  }

  private static Observed observe(Observer.Input input) {
    try (Classifier classifier = input.model().open(new ModelVariant.AsStored())) {
      MovedPatterns patterns =
          MovedPatterns.of(
              classifier,
              input.marked(),
              PatternMoves.standard(classifier.canvas()),
              input.batch(),
              input.setting().seed(),
              done -> {},
              input.stopped());
      return new Observed.Moves(
          patterns,
          patterns.images() == 0 ? List.of() : MoveCurve.of(patterns, input.random("curves")),
          patterns.images() == 0
              ? List.of()
              : StrideComb.of(
                  patterns, input.model().stride().orElse(1), input.random("stride comb")),
          Observation.corrected(List.of(lost(patterns, input))));
    }
  }

  /**
   * The share of an image's evidence for a cat that is lost under a roll, averaged over all rolls,
   * which preserve the number of pixels and, except at the seam, the pattern.
   */
  static Observation.Uncorrected lost(MovedPatterns patterns, Observer.Input input) {
    int[] gained =
        IntStream.range(0, patterns.images()).filter(i -> patterns.gain(i) > 0).toArray();
    int[] rolls =
        IntStream.range(0, patterns.moves().size())
            .filter(m -> patterns.moves().get(m) instanceof PatternMove.Roll)
            .toArray();
    double[] shares =
        IntStream.of(gained)
            .mapToDouble(
                i ->
                    IntStream.of(rolls).mapToDouble(m -> patterns.delta(i, m)).average().orElse(0)
                        / patterns.gain(i))
            .toArray();
    return Observation.Uncorrected.mean(
        "rolled elsewhere",
        "where it evolved",
        "share of the evidence lost",
        Prediction.RISES,
        shares,
        MARGIN,
        input.control().runs().size() - shares.length,
        input.random("share lost"));
  }
}
