package org.whisker.hypothesis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observed.Withheld;
import org.whisker.ablation.Observer;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.planted.Plant;
import org.whisker.planted.Plant.NullPlants;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.Plants;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.RingRotation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;

/**
 * Experiment {@code foveation}: whether evolved pixels lie where many paths lead into the network
 * (Alsallakh et al. 2021, arXiv 2010.02178). Under zero padding the number of paths decreases
 * towards the border, so over the whole canvas the correlation restates E, the more so the closer
 * the number of paths follows the edge rank. The hypothesis is decided among pixels at equal
 * distance from the border.
 */
public final class Foveation implements Hypothesis, Observer {
  private static final String WITHIN = "paths within rings";
  private static final int SHIFTS = 999;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "foveation",
          "foveation",
          "the number of paths that lead from each pixel to the last feature map, against where the"
              + " control's evolved pixels lie, over the whole canvas and among pixels at equal"
              + " distance from the border, which is decisive; fewer paths start at the edge, so the"
              + " hypothesis predicts pixels where there are more (the correlation of the number of"
              + " paths with the edge rank is reported beside it)",
          new Foveation());

  @Override
  public String id() {
    return "foveation";
  }

  @Override
  public Topic topic() {
    return Topic.CAT;
  }

  @Override
  public Wording wording() {
    return Wording.of(
        "Do pixels lie where more paths lead into the network?",
        "the number of paths from each pixel, against where evolved pixels lie among positions at"
            + " equal distance from the border",
        "path counts",
        "evolved pixels lie where many paths lead into the network",
        "evolved pixels lie independently of the number of paths",
        "evolved pixels lie where few paths lead into the network");
  }

  @Override
  public List<Planned> experiments() {
    return List.of(Planned.quick(EXPERIMENT));
  }

  @Override
  public Decisive decisive() {
    return Decisive.by(WITHIN);
  }

  @Override
  public List<Expectation> expected() {
    return List.of(
        Expectation.ofUnknownLayers(),
        Expectation.on(Plants.FOVEATION, Expected.SUPPORTED, "gains are as the paths"),
        Expectation.on(
            Plants.PRICED,
            Expected.ANY,
            "in a ring, mates without a price are nearer some corners"),
        Expectation.elsewhere(Expected.NO_EFFECT, "within a ring gains are not as the paths"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.of(
        NullPlants.BLIND,
        Plant.known("faint-paths", c -> PlantedFormula.blank().withGain(PlantMaps.paths(0.1))));
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.paths().isEmpty()
        ? Optional.of("its layers are not known, so paths can't be counted")
        : Optional.empty();
  }

  @Override
  public Observed observe(Input input) {
    double[] paths = input.model().paths().orElseThrow();
    if (MapAgreement.isConstant(paths)) {
      return Observed.Plain.withheld(
          new Withheld(
              WITHIN, "every pixel has the same number of paths, so they predict no position"));
    }
    List<BlackPixels> images = input.marked();
    Observation.Uncorrected overall =
        MapAgreement.overall("paths from the pixel", images, paths, input);
    Observation.Uncorrected byRank = byRank(input, paths);
    RingRotation rings = RingRotation.of(input.model().canvas(), paths);
    if (rings.isConstant()) {
      return new Observed.Plain(
          Observation.corrected(List.of(overall, byRank)),
          List.of(
              new Withheld(
                  WITHIN,
                  "the number of paths depends only on the distance from the border, so it is not"
                      + " independent of E")));
    }
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                overall,
                byRank,
                MapAgreement.withinRings(WITHIN, Prediction.RISES, images, rings, input))));
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
