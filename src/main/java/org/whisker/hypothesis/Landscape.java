package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observed.Withheld;
import org.whisker.ablation.Observer;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.Plants;
import org.whisker.position.ProbeMap;
import org.whisker.stats.RingRotation;

/**
 * Experiment {@code landscape}: whether single-pixel effects predict where evolved pixels lie. A
 * map that is high at the edge agrees with any pattern at the edge, which restates E. The
 * hypothesis is therefore decided among pixels at equal distance from the border. For the locality
 * of one-pixel attacks see Vargas and Su (2019, arXiv 1902.02947).
 */
public final class Landscape implements Hypothesis {
  /** Equivalence margin of E. */
  private static final double MARGIN = Measure.MARGIN;

  private static final String WITHIN = "evidence of the pixel alone within rings";

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "landscape",
          "landscape",
          "\u0394logit of one black pixel everywhere on white, against where the control's evolved"
              + " pixels lie, over the whole canvas and among pixels at equal distance from the border"
              + " (decisive), and their E against that of the same number of best single pixels; if"
              + " single-pixel effects predict the positions, the correlations are above 0 and the"
              + " difference of E is 0",
          Landscape::observe);

  @Override
  public String id() {
    return "landscape";
  }

  @Override
  public Topic topic() {
    return Topic.CLOSES;
  }

  @Override
  public Wording wording() {
    return Wording.of(
        "Do the effects of single pixels already predict where evolution puts its pixels?",
        "the effect of one black pixel at each position, against where evolved pixels lie among"
            + " positions at equal distance from the border",
        "single-pixel effects",
        "evolved pixels lie where a single pixel helps most",
        "evolved pixels lie independently of the effects of single pixels",
        "evolved pixels lie where a single pixel helps least");
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
        Expectation.on(
            List.of(Plants.STRIDES, Plants.SIDES, Plants.FOVEATION),
            Expected.SUPPORTED,
            "the logit is a sum over pixels"),
        Expectation.on(
            Plants.PADDING_AND_PRICE, Expected.SUPPORTED, "quarters of a ring differ in worth"),
        Expectation.on(
            Plants.DISTRACTOR, Expected.NO_EFFECT, "what tiles do alone they don't do in place"),
        Expectation.elsewhere(
            Expected.NOT_TESTED, "within a ring one pixel alone does as much as another"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.of(
        Plant.known("tiles-alone", c -> Plants.mates().withAlone(PlantMaps.tiles(0.3, 0.9))),
        Plant.known(
            "faint-tiles", c -> PlantedFormula.blank().withGain(PlantMaps.tiles(0.13, 0.11))));
  }

  private static Observed observe(Observer.Input input) {
    ProbeMap probe = input.model().probe(input.batch(), done -> {}, input.stopped());
    if (probe.isConstant()) {
      return Observed.Plain.withheld(
          new Withheld(
              WITHIN,
              "a single black pixel has the same effect at every position, so it predicts none"));
    }
    double[] delta = probe.resolved();
    double[] towardsCat = Arrays.stream(delta).map(value -> -value).toArray();
    List<BlackPixels> images = input.marked();
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    drafts.add(MapAgreement.overall("evidence of the pixel alone", images, towardsCat, input));
    drafts.add(best(input, images, delta));
    RingRotation rings = RingRotation.of(input.model().canvas(), towardsCat);
    if (rings.isConstant()) {
      return new Observed.Plain(
          Observation.corrected(drafts),
          List.of(
              new Withheld(
                  WITHIN,
                  "the effect of a single pixel depends only on its distance from the border, so the"
                      + " map is not independent of E")));
    }
    drafts.add(MapAgreement.withinRings(WITHIN, Prediction.RISES, images, rings, input));
    return new Observed.Plain(Observation.corrected(drafts));
  }

  private static Observation.Uncorrected best(
      Observer.Input input, List<BlackPixels> images, double[] delta) {
    int[] order =
        IntStream.range(0, delta.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> delta[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] differences = images.stream().mapToDouble(i -> difference(i, order)).toArray();
    return Observation.Uncorrected.mean(
            "evolved",
            "the best pixels alone",
            "difference of E",
            Prediction.STAYS,
            differences,
            MARGIN,
            input.unmarked(),
            input.random("best pixels"))
        .ofDifferences(differences, input.random("best pixels interval"));
  }

  /** E of an image minus that of the same number of leading pixels of an order. */
  static double difference(BlackPixels image, int[] order) {
    EdgeRank rank = new EdgeRank(image.canvas());
    BlackPixels best = BlackPixels.of(image.canvas(), Arrays.copyOf(order, image.count()));
    return rank.edgeIndex(image).orElseThrow() - rank.edgeIndex(best).orElseThrow();
  }
}
