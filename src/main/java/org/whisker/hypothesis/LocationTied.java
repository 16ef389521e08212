package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.MovedPatterns.MoveCurve;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.move.PatternMove;
import org.whisker.ablation.move.PatternMove.PatternMoves;
import org.whisker.ablation.move.PatternMove.ScatterInRings;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;

/**
 * Experiment {@code location-tied}: evolved patterns moved to other positions. A strided network
 * responds even to a shift by one pixel (Zhang 2019, arXiv 1904.11486), an effect of the stride's
 * phase rather than of location. The decisive moves are therefore rolls by multiples of the total
 * stride, under which a network without borders would not change. Where the stride is not known, it
 * is that number up to half the canvas whose multiples lose least: a pattern is tied to its
 * location only if no stride explains its loss. The loss is divided by that of scattering the same
 * number of pixels: 0 means that location does not matter, 1 that moving the pattern is as bad as
 * destroying it. Scattering within rings, beside it, tells whether anything but the depth matters.
 */
public final class LocationTied implements Hypothesis {
  /** Equivalence margin of the relative loss, fixed beforehand. */
  private static final double MARGIN = 0.05;

  /** Smallest share of an image's gain that scattering must lose for there to be a pattern. */
  private static final double LEAST_LOST = 0.1;

  static final String NO_PATTERN =
      "no image loses a tenth of its gain over white when its pixels are scattered, so there"
          + " is no pattern that could be tied to a location";

  private static final String ON = "rolled by the stride";

  /** Fewest multiples up to half the canvas that are tested of an unknown stride. */
  private static final int FEWEST_MULTIPLES = 2;

  private static final String LOSS = "loss relative to scattering";

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "location-tied",
          "the control's evolved images rolled by every distance, translated, mirrored,"
              + " shrunk towards the centre, with edge and centre exchanged, and scattered,"
              + " over the canvas or within rings at equal distance from the border; if a"
              + " pattern is tied to its location, rolls by multiples of the network's total"
              + " stride (decisive) lose evidence for cat as scattering does; an unknown"
              + " stride is taken to be the one whose multiples lose least; other rolls show"
              + " the phase of the stride",
          Observer.scoring(
              LocationTied::observe,
              (model, images) -> images * (PatternMoves.standard(model.canvas()).size() + 1L)));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              Wording.of(
                  "Does a pattern work only at its location?",
                  "evolved patterns rolled by multiples of the network's stride, relative to"
                      + " scattered pixels",
                  "patterns tied to their location",
                  "a moved pattern loses evidence for cat",
                  "a moved pattern keeps its evidence for cat",
                  "a moved pattern gains evidence for cat"),
              Decisive.by(ON),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.TIES_TO_PLACE)))
          .ofNoCause()
          .shown(Exhibit.ofArmsAnd(Exhibit.MOVES, Exhibit.OTHER_MOVES, Exhibit.STRIDE_COMBS));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Observations observe(Observer.Input input) {
    MovedPatterns patterns = patterns(input);
    if (patterns.images() == 0) {
      return new Observations.Moves(
          patterns,
          List.of(),
          List.of(),
          List.of(),
          List.of(new WithheldComparison(ON, "no run has a black pixel")));
    }
    int stride = input.model().stride().orElseGet(() -> cheapest(patterns));
    List<WithheldComparison> withheld = new ArrayList<>();
    List<Observation.Uncorrected> drafts = drafts(patterns, stride, input, withheld);
    return new Observations.Moves(
        patterns,
        MoveCurve.of(patterns, input.random("curves")),
        StrideComb.of(patterns, stride, input.random("stride comb")),
        Observation.corrected(drafts),
        withheld);
  }

  /** The control's images moved about, for all experiments that look at them. */
  static MovedPatterns patterns(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    return input.model().moved(images, () -> scored(images, input));
  }

  private static MovedPatterns scored(List<BlackPixels> images, Observer.Input input) {
    try (Classifier classifier = input.model().open(new ModelVariant.AsStored())) {
      return MovedPatterns.of(
          classifier,
          images,
          PatternMoves.standard(classifier.canvas()),
          input.batch(),
          input.setting().seed(),
          done -> {},
          input.stopped());
    }
  }

  /** The stride whose multiples lose least, 1 among them; of equal ones the smallest. */
  private static int cheapest(MovedPatterns patterns) {
    int[] images = withPattern(patterns);
    int most =
        IntStream.of(rolls(patterns, step -> true))
            .map(m -> (int) patterns.moves().get(m).step())
            .max()
            .orElse(1);
    return IntStream.rangeClosed(1, Math.max(1, most / FEWEST_MULTIPLES))
        .boxed()
        .min(
            Comparator.comparingDouble(
                stride ->
                    DoubleStream.of(
                            relative(patterns, images, rolls(patterns, s -> s % stride == 0)))
                        .average()
                        .orElse(0)))
        .orElse(1);
  }

  private static List<Observation.Uncorrected> drafts(
      MovedPatterns patterns, int stride, Observer.Input input, List<WithheldComparison> withheld) {
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    int[] images = withPattern(patterns);
    int[] on = rolls(patterns, step -> step % stride == 0);
    int[] off = rolls(patterns, step -> step % stride != 0);
    if (on.length == 0) {
      withheld.add(
          new WithheldComparison(
              ON, "no multiple of the stride (" + stride + " px) is at most half the canvas"));
    } else if (images.length == 0) {
      withheld.add(new WithheldComparison(ON, NO_PATTERN));
    } else {
      double[] lostOn = relative(patterns, images, on);
      drafts.add(draft(ON, "where it evolved", Prediction.EXISTS, lostOn, input));
      if (off.length > 0) {
        double[] lostOff = relative(patterns, images, off);
        double[] phase =
            IntStream.range(0, lostOn.length).mapToDouble(i -> lostOff[i] - lostOn[i]).toArray();
        drafts.add(draft("rolled off the stride", ON, Prediction.NOTHING, phase, input));
      }
    }
    if (images.length > 0) {
      double[] inRings = relative(patterns, images, ofKind(patterns, ScatterInRings.class));
      drafts.add(
          draft("scattered within rings", "where it evolved", Prediction.NOTHING, inRings, input));
    }
    drafts.add(lost(patterns, input));
    return drafts;
  }

  private static Observation.Uncorrected draft(
      String name, String against, Prediction predicted, double[] values, Observer.Input input) {
    return Observation.Uncorrected.mean(
        name,
        against,
        LOSS,
        predicted,
        values,
        MARGIN,
        input.control().runs().size() - values.length,
        input.random(name));
  }

  /** The images that lose at least a tenth of their gain when scattered. */
  static int[] withPattern(MovedPatterns patterns) {
    int[] scatters = scatters(patterns);
    return IntStream.range(0, patterns.images())
        .filter(i -> patterns.gain(i) > 0)
        .filter(i -> mean(patterns, i, scatters) >= LEAST_LOST * patterns.gain(i))
        .toArray();
  }

  private static double[] relative(MovedPatterns patterns, int[] images, int[] rolls) {
    int[] scatters = scatters(patterns);
    return IntStream.of(images)
        .mapToDouble(i -> mean(patterns, i, rolls) / mean(patterns, i, scatters))
        .toArray();
  }

  private static double mean(MovedPatterns patterns, int image, int[] moves) {
    return IntStream.of(moves).mapToDouble(m -> patterns.delta(image, m)).average().orElse(0);
  }

  private static int[] rolls(MovedPatterns patterns, IntPredicate steps) {
    return IntStream.range(0, patterns.moves().size())
        .filter(m -> patterns.moves().get(m) instanceof PatternMove.Roll)
        .filter(m -> steps.test((int) patterns.moves().get(m).step()))
        .toArray();
  }

  private static int[] scatters(MovedPatterns patterns) {
    return ofKind(patterns, PatternMove.Scatter.class);
  }

  private static int[] ofKind(MovedPatterns patterns, Class<? extends PatternMove> kind) {
    return IntStream.range(0, patterns.moves().size())
        .filter(m -> kind.isInstance(patterns.moves().get(m)))
        .toArray();
  }

  /**
   * The share of an image's evidence for cat that is lost under a roll, averaged over all rolls,
   * which preserve the number of pixels and, except at the seam, the pattern. It includes the
   * effect of the stride's phase, so it is not decisive.
   */
  static Observation.Uncorrected lost(MovedPatterns patterns, Observer.Input input) {
    int[] rolls = rolls(patterns, step -> true);
    double[] shares =
        IntStream.range(0, patterns.images())
            .filter(i -> patterns.gain(i) > 0)
            .mapToDouble(i -> mean(patterns, i, rolls) / patterns.gain(i))
            .toArray();
    return Observation.Uncorrected.mean(
        "rolled elsewhere",
        "where it evolved",
        "share of the evidence lost",
        Prediction.NOTHING,
        shares,
        MARGIN,
        input.control().runs().size() - shares.length,
        input.random("share lost"));
  }
}
