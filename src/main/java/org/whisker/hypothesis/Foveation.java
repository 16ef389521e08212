package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.RingRotation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;

/**
 * Experiment {@code foveation}: whether evolved pixels lie where many paths lead into the network
 * (Alsallakh et al. 2021, arXiv 2010.02178). Under zero padding the number of paths decreases
 * towards the border. What decides is whether pixels lie in the rings at equal distance from the
 * border with the most paths. Anything else that makes pixels prefer the centre looks the same, so
 * paths are called a cause only if pixels that are moved within their rings gain by more paths,
 * too.
 */
public final class Foveation implements Hypothesis, Observer {
  private static final String BETWEEN = "paths between rings";
  private static final String WITHIN = "paths within rings";
  private static final int SHIFTS = 999;
  private static final String IN_PLACE = "paths, pixels moved within rings";

  /** The least correlation that shows that paths matter; places in no order reach a third of it. */
  private static final double FOUND = 0.2;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "foveation",
          "the number of paths that lead from each pixel to the last feature map, against"
              + " where the control's evolved pixels lie: by the mean of each ring at equal"
              + " distance from the border (decisive), among the pixels of a ring, and over"
              + " the whole canvas; fewer paths start at the edge, so the hypothesis predicts"
              + " pixels at places with more paths, and that pixels moved within their ring"
              + " gain where there are more paths (the correlation of the number of paths with"
              + " the edge rank is reported beside it)",
          new Foveation());

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              Wording.of(
                  "Do pixels lie where more paths lead into the network?",
                  "the mean number of paths at each distance from the border, against the distances"
                      + " at which evolved pixels lie",
                  "path counts",
                  "evolved pixels lie where many paths lead into the network",
                  "evolved pixels lie independently of the number of paths",
                  "evolved pixels lie where few paths lead into the network"),
              Decisive.by(BETWEEN),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.PATHS)))
          .ofNoCause()
          // all patterns are rotated together
          .movingRunsTogether();

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.paths().isEmpty()
        ? Optional.of("its layers are not known or it has attention, so paths can't be counted")
        : Optional.empty();
  }

  @Override
  public long scored(AblatedModel model, int images) {
    return InPlace.scored(images);
  }

  @Override
  public Observations observe(Input input) {
    double[] paths = input.model().paths().orElseThrow();
    if (InPlace.isConstant(paths)) {
      return Observations.Plain.withheld(
          new WithheldComparison(
              BETWEEN, "every pixel has the same number of paths, so they predict no position"));
    }
    List<BlackPixels> images = input.marked();
    double[] byRing = InPlace.ringMeans(input.model().canvas(), paths);
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    List<WithheldComparison> withheld = new ArrayList<>();
    drafts.add(InPlace.overall("paths from the pixel", Prediction.NOTHING, images, paths, input));
    drafts.add(byRank(input, paths));
    RingRotation rings = RingRotation.of(input.model().canvas(), paths);
    if (!rings.isConstant()) {
      drafts.add(InPlace.mapAgreementWithinRings(WITHIN, images, rings, input));
    }
    if (InPlace.isConstant(byRing)) {
      withheld.add(
          new WithheldComparison(
              BETWEEN,
              "the mean number of paths is the same at every distance from the border, so it"
                  + " predicts neither edge nor centre"));
    } else {
      Observation.Uncorrected between =
          InPlace.overall(BETWEEN, Prediction.EXISTS, images, byRing, input);
      drafts.add(between);
      Optional<Observation.Uncorrected> inPlace =
          rings.isConstant() || images.isEmpty()
              ? Optional.empty()
              : Optional.of(new InPlace(input, paths, true).correlation(IN_PLACE, images, FOUND));
      inPlace.ifPresent(drafts::add);
      unfounded(between, inPlace).ifPresent(withheld::add);
    }
    return new Observations.Plain(Observation.corrected(drafts), withheld);
  }

  /**
   * Withholds the verdict where pixels lie in the rings with more paths, as they do for any
   * preference of the centre.
   */
  private static Optional<WithheldComparison> unfounded(
      Observation.Uncorrected between, Optional<Observation.Uncorrected> inPlace) {
    boolean found = inPlace.filter(moves -> InPlace.isFound(moves, FOUND)).isPresent();
    return found || between.effect() <= InPlace.MARGIN
        ? Optional.empty()
        : Optional.of(
            new WithheldComparison(
                BETWEEN,
                "evolved pixels lie in the rings with more paths, but moved within their"
                    + " rings they do not gain where there are more paths, and any preference"
                    + " for these rings would look the same"));
  }

  /** Spearman's rho of the number of paths and the edge rank; near ±1, the map restates E. */
  private static Observation.Uncorrected byRank(Input input, double[] paths) {
    Canvas canvas = input.model().canvas();
    EdgeRank rank = new EdgeRank(canvas);
    double[] u = IntStream.range(0, paths.length).mapToDouble(rank::of).toArray();
    TestResult rho =
        MapCorrelation.spearman(
            canvas, u, paths, Alternative.TWO_SIDED, SHIFTS, input.random("paths by rank"));
    return new Observation.Uncorrected(
        "number of paths",
        "edge rank",
        "rank correlation of two maps",
        Prediction.NOTHING,
        rho.statistic(),
        null,
        rho.p(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        input.marked().size(),
        input.unmarked());
  }
}
