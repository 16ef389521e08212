package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.io.Decimals;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.ProbeMap;
import org.whisker.stats.RingRotation;
import org.whisker.value.Text;

/**
 * Experiment {@code landscape}: whether single-pixel effects predict where evolved pixels lie. The
 * question is about the edge, so what decides is the effect of a ring: whether pixels lie in the
 * rings where a single pixel helps most. That an effect and the pixels both follow the border is
 * not yet a cause, so the network is intervened on: pixels of the evolved images are moved between
 * rings, and the logit must change as the single pixels predict. Agreement among pixels at equal
 * distance from the border stands beside it. For the locality of one-pixel attacks see Vargas and
 * Su (2019, arXiv 1902.02947).
 *
 * <p>The same map says whether a search that adds one pixel at a time can begin in the middle at
 * all: it counts the single pixels there that are a step towards the target. That is a census of
 * the network and no sample, so it has no p.
 */
public final class Landscape implements Hypothesis, Observer {
  /** Equivalence margin of E. */
  private static final double MARGIN = Measure.MARGIN;

  private static final String BETWEEN = "evidence of the pixel alone between rings";
  private static final String WITHIN = "evidence of the pixel alone within rings";
  private static final String IN_PLACE = "moved between rings in the images";
  private static final String STEPS = "single pixels that help";
  private static final String BEST = "best single pixel";
  private static final String MIDDLE = " in the middle half";
  private static final String BORDER = " in the outermost fifth";
  private static final String BETWEEN_THEM = " between these";

  /** The least share of the single pixels' differences that has to be found in the images. */
  private static final double FOUND = 0.25;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "landscape",
          "\u0394logit of one black pixel everywhere on white, against where the control's evolved"
              + " pixels lie: by the mean of each ring at equal distance from the border"
              + " (decisive), among the pixels of a ring, and over the whole canvas; evolved pixels"
              + " moved between rings, which must change the logit as single pixels do; and the E"
              + " of evolved pixels against that of the same number of best single ones; if"
              + " single-pixel effects predict the positions, the correlations are above 0 and the"
              + " difference of E is 0",
          new Landscape());

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Do the effects of single pixels already predict where evolution puts its"
                      + " pixels?",
                  "the mean effect of one black pixel at each distance from the border, against the"
                      + " distances at which evolved pixels lie",
                  "single pixels as a guide to evolved ones",
                  "evolved pixels lie at the distances from the border where a single pixel helps"
                      + " most",
                  "evolved pixels lie at any distance from the border, whatever a single pixel does"
                      + " there",
                  "evolved pixels lie at the distances from the border where a single pixel helps"
                      + " least"),
              Decisive.by(BETWEEN),
              Planned.quick(EXPERIMENT).timed(new PlanCost(PlanTurn.LANDSCAPE, 0, true)))
          .ofNoCause()
          // all patterns are rotated together
          .movingRunsTogether()
          .tells("whether a single black pixel in the middle is a step towards the target");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  /** Says what the census alone shows, whatever the positions of evolved pixels say. */
  @Override
  public Optional<String> clause(HypothesisResult decided) {
    OptionalDouble middle = effect(decided, STEPS + MIDDLE);
    OptionalDouble border = effect(decided, STEPS + BORDER);
    OptionalDouble best = effect(decided, BEST + MIDDLE);
    return middle.isEmpty() || border.isEmpty() || best.isEmpty()
        ? Optional.empty()
        : Optional.of(
            steps(middle.getAsDouble(), border.getAsDouble(), best.getAsDouble())
                + elsewhere(effect(decided, STEPS + BETWEEN_THEM)));
  }

  @Override
  public boolean tellsWithoutVerdict() {
    return true;
  }

  private static OptionalDouble effect(HypothesisResult decided, String name) {
    return decided.observation(name).stream().mapToDouble(ObservationRow::effect).findFirst();
  }

  private static String steps(double middle, double border, double best) {
    return middle > 0
        ? Text.of(
            "first steps lead into the middle: of the single black pixels tried in the middle half"
                + " %s are a step towards the target, the best by %s logits; of those in the outermost"
                + " fifth %s",
            percent(middle),
            best > -0.005 ? "less than 0.01" : Decimals.fixed(-best, 2),
            border == 0 ? "none" : percent(border))
        : Text.of(
            "none of the single black pixels tried in the middle half is a step towards the target: the"
                + " least harmful %s; of those in the outermost fifth %s",
            least(Math.max(0, best)),
            border == 0 ? "none is one either" : percent(border) + " are");
  }

  private static String elsewhere(OptionalDouble share) {
    return share.isPresent() ? ", but " + percent(share.getAsDouble()) + " of all others are" : "";
  }

  private static String least(double cost) {
    return cost == 0
        ? "changes nothing"
        : "costs " + (cost < 0.005 ? "less than 0.01" : Decimals.fixed(cost, 2)) + " logits";
  }

  private static String percent(double share) {
    String whole = Decimals.wholePercent(share);
    return whole.startsWith("0") ? "less than 1\u00a0%" : whole;
  }

  @Override
  public long scored(AblatedModel model, int images) {
    return model.canvas().pixels() + InPlace.scored(images);
  }

  /** The census is of the network. */
  @Override
  public boolean needsNoImages(String observation) {
    return observation.startsWith(STEPS) || observation.startsWith(BEST);
  }

  @Override
  public Observations observe(Input input) {
    ProbeMap probe = input.model().probe(input.batch(), done -> {}, input.stopped());
    if (probe.isConstant()) {
      return new Observations.Plain(
          Observation.corrected(census(probe)),
          List.of(
              new WithheldComparison(
                  BETWEEN,
                  "a single black pixel has the same effect at every position, so it predicts"
                      + " none")));
    }
    double[] towardsCat = Arrays.stream(probe.resolved()).map(value -> -value).toArray();
    double[] byRing = InPlace.ringMeans(input.model().canvas(), towardsCat);
    List<BlackPixels> images = input.marked();
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    List<WithheldComparison> withheld = new ArrayList<>();
    drafts.add(
        InPlace.overall(
            "evidence of the pixel alone", Prediction.NOTHING, images, towardsCat, input));
    drafts.add(best(input, images, probe.resolved()));
    RingRotation rings = RingRotation.of(input.model().canvas(), towardsCat);
    if (!rings.isConstant()) {
      drafts.add(InPlace.mapAgreementWithinRings(WITHIN, images, rings, input));
    }
    if (InPlace.isConstant(byRing)) {
      withheld.add(
          new WithheldComparison(
              BETWEEN,
              "a single pixel has the same mean effect at every distance from the border, so it"
                  + " predicts neither edge nor centre"));
    } else {
      Observation.Uncorrected inPlace =
          new InPlace(input, byRing, false).share(IN_PLACE, images, FOUND);
      Observation.Uncorrected between =
          InPlace.overall(BETWEEN, Prediction.EXISTS, images, byRing, input);
      drafts.add(inPlace);
      drafts.add(between);
      unfounded(between, inPlace).ifPresent(withheld::add);
    }
    drafts.addAll(census(probe));
    return new Observations.Plain(Observation.corrected(drafts), withheld);
  }

  /**
   * Withholds the verdict where positions and the network say different things: pixels lie in the
   * rings of the best single pixels, which do nothing in the images, or in no rings, though single
   * pixels do.
   */
  private static Optional<WithheldComparison> unfounded(
      Observation.Uncorrected between, Observation.Uncorrected inPlace) {
    boolean found = InPlace.isFound(inPlace, FOUND);
    if (found ? Math.abs(between.effect()) > InPlace.MARGIN : between.effect() <= InPlace.MARGIN) {
      return Optional.empty();
    }
    String why =
        found
            ? "moved between rings in the images, pixels change the logit as single pixels do"
                + " (%.2f of their effect), but single-pixel effects differ too little"
                + " between rings to predict edge or centre"
            : "evolved pixels lie in the rings where a single pixel helps most, but moved between"
                + " rings in the images they change the logit by only %.2f of what single pixels"
                + " do";
    return Optional.of(
        new WithheldComparison(BETWEEN, String.format(Locale.ROOT, why, inPlace.effect())));
  }

  /** How many single pixels help, and the best of them, in the middle and near the border. */
  private static List<Observation.Uncorrected> census(ProbeMap probe) {
    Canvas canvas = probe.delta().canvas();
    EdgeBins zones = new EdgeBins(canvas, Design.ZONES);
    double[] middle = probe.at(Entry.middle(canvas)::contains);
    double[] border = probe.at(place -> zones.binOf(place) == 0);
    List<Observation.Uncorrected> census = new ArrayList<>();
    census.add(helping(MIDDLE, middle, probe));
    census.add(helping(BORDER, border, probe));
    census.add(best(MIDDLE, middle));
    census.add(best(BORDER, border));
    if (census.stream().limit(2).allMatch(row -> row.effect() == 0)) {
      double[] others =
          probe.at(place -> !Entry.middle(canvas).contains(place) && zones.binOf(place) != 0);
      Stream.of(helping(BETWEEN_THEM, others, probe))
          .filter(row -> row.effect() > 0)
          .forEach(census::add);
    }
    return census;
  }

  private static Observation.Uncorrected best(String where, double[] deltas) {
    return Observation.Uncorrected.counted(
        BEST + where, "change of the logit", Arrays.stream(deltas).min().orElse(0));
  }

  /**
   * Share of pixels that help by more than the resolution: where a pixel does nothing, rounding has
   * either sign.
   */
  private static Observation.Uncorrected helping(String where, double[] deltas, ProbeMap probe) {
    double least = probe.resolution();
    long helping = Arrays.stream(deltas).filter(delta -> delta < -least).count();
    return Observation.Uncorrected.counted(
        STEPS + where, "share of places", helping / (double) deltas.length);
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
