package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Observer.Observed;
import org.whisker.ablation.Observer.Observed.Withheld;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.PatternMove.PatternMoves;
import org.whisker.ablation.move.RollPeriod;
import org.whisker.hypothesis.Planned.Timed;
import org.whisker.hypothesis.Planned.Turn;
import org.whisker.image.BlackPixels;
import org.whisker.position.Residues;
import org.whisker.value.Text;

/**
 * Experiment {@code stride-parity}: whether the network prefers some columns or rows modulo a
 * stride, as an effect of strides and uneven padding (Alsallakh et al. 2021, arXiv 2010.02178).
 *
 * <p>Runs on one network share its helpful places, so the residues of their pixels agree modulo any
 * number, whether or not there is a period. What decides is therefore an intervention: the evolved
 * patterns are rolled by every distance, and rolls by multiples of a stride must cost less than
 * those beside them, by more than they do for moduli that are no strides ({@link RollPeriod}).
 */
public final class StrideParity implements Hypothesis {
  /** Odd, so that no power of two is a multiple. */
  private static final List<Integer> PLACEBOS = List.of(3, 5, 7);

  private static final String PLACEBO = "placebo, ";
  private static final String MODULO = " modulo ";
  private static final String ROLLED = "rolled along ";
  private static final String PERIOD = "loss beside multiples, relative to scattering";

  /**
   * Enough draws for the smallest p to pass a correction over all hypotheses and models of a
   * report.
   */
  private static final int DRAWS = 99_999;

  private static final int RESIDUE_DRAWS = 9_999;

  /** Equivalence margin: a tenth of what scattering the pixels loses. Fixed beforehand. */
  private static final double MARGIN = 0.1;

  private static final double ALPHA = 0.05;

  /**
   * The least that is called a period, as a share of what scattering loses: over places in no
   * order, the multiples of a number cost up to about a sixth less by chance.
   */
  private static final double LEAST = 0.2;

  /** Factor by which the effect of a stride must exceed that of each placebo. */
  private static final double CLEARLY = 2;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "stride-parity",
          "the control's evolved patterns rolled by 1, 2, 3, … pixels: if strides and uneven"
              + " padding prefer some columns or rows, rolls by multiples of a cumulative"
              + " stride lose less than those beside them (decisive), and by clearly more than"
              + " for placebo moduli, which are no strides; in addition, the pixels by x and y"
              + " modulo these numbers, away from the borders; where strides are not known,"
              + " there is no verdict",
          Observer.scoring(
              StrideParity::observe,
              (model, images) -> images * (PatternMoves.standard(model.canvas()).size() + 1L)));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              Wording.of(
                  "Do strides and uneven padding prefer some rows or columns?",
                  "evolved patterns rolled by multiples of a stride, against rolls by a little more"
                      + " or less",
                  "strides",
                  "patterns rolled by a multiple of a stride keep more of their evidence than"
                      + " patterns rolled by a little more or less",
                  "patterns rolled by a multiple of a stride keep as much of their evidence"
                      + " as patterns rolled by a little more or less",
                  "patterns rolled by a multiple of a stride keep less of their evidence than"
                      + " patterns rolled by a little more or less"),
              Decisive.byClearest(StrideParity::isOfStride),
              Planned.quick(EXPERIMENT).timed(Timed.at(Turn.STRIDES)))
          .ofNoCause()
          // the distances of rolls are dealt anew
          .movingRunsTogether()
          .shown(Shown.ofArmsAnd(Shown.RESIDUES));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static boolean isOfStride(String observation) {
    return observation.startsWith(ROLLED);
  }

  private static Observed observe(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    List<Integer> strides = input.model().strides();
    List<Integer> real = strides.isEmpty() ? Residues.MODULI : strides;
    List<Integer> placebos = PLACEBOS.stream().filter(m -> !real.contains(m)).toList();
    List<Residues> residues =
        Stream.of(
                residues(images, real, input, "residues"),
                residues(images, placebos, input, "placebo residues"))
            .flatMap(List::stream)
            .toList();
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    residues.forEach(
        r -> draft(r, real.contains(r.modulus()) ? "" : PLACEBO, input).ifPresent(drafts::add));
    List<Withheld> withheld = new ArrayList<>();
    if (strides.isEmpty()) {
      withheld.add(new Withheld(ROLLED + "x", "the strides of its layers are not known"));
    } else if (images.isEmpty()) {
      withheld.add(new Withheld(ROLLED + "x", "no run has a black pixel"));
    } else {
      drafts.addAll(rolled(strides, input, withheld));
    }
    return new Observed.ByResidue(residues, Observation.corrected(drafts), withheld);
  }

  private static List<Observation.Uncorrected> rolled(
      List<Integer> strides, Observer.Input input, List<Withheld> withheld) {
    MovedPatterns patterns = LocationTied.patterns(input);
    int[] some = LocationTied.withPattern(patterns);
    List<RollPeriod> periods = new ArrayList<>();
    for (boolean across : new boolean[] {true, false}) {
      for (int stride : strides) {
        if (some.length > 0 && RollPeriod.fits(input.model().canvas(), across, stride)) {
          periods.add(period(patterns, some, across, stride, input));
        }
      }
    }
    if (some.length == 0) {
      withheld.add(new Withheld(ROLLED + "x", LocationTied.NO_PATTERN));
    } else if (periods.isEmpty()) {
      withheld.add(
          new Withheld(
              ROLLED + "x",
              "the canvas has fewer than two multiples of each stride up to its half"));
    }
    periods.stream()
        .min(Comparator.comparingDouble(RollPeriod::p))
        .flatMap(
            clearest -> small(clearest).or(() -> placebo(clearest, patterns, some, strides, input)))
        .ifPresent(withheld::add);
    return periods.stream().map(period -> draft(period, input)).toList();
  }

  private static RollPeriod period(
      MovedPatterns patterns, int[] images, boolean across, int modulus, Observer.Input input) {
    input.check();
    return RollPeriod.of(
        patterns,
        images,
        across,
        modulus,
        DRAWS,
        input.random("rolled period " + across + " " + modulus));
  }

  private static Optional<Withheld> small(RollPeriod stride) {
    return stride.effect() > 0 && stride.effect() < LEAST && stride.p() <= ALPHA
        ? Optional.of(
            new Withheld(
                name(stride),
                Text.of(
                    "rolls by multiples of %d lose %.2f less than neighbouring rolls, as a share of"
                        + " what scattering loses; a network without strides can differ by as much",
                    stride.modulus(), stride.effect())))
        : Optional.empty();
  }

  /**
   * Withholds the verdict where a neighbouring modulus, which is no stride, shows about as much of
   * a period.
   */
  private static Optional<Withheld> placebo(
      RollPeriod stride,
      MovedPatterns patterns,
      int[] images,
      List<Integer> strides,
      Observer.Input input) {
    return IntStream.of(stride.modulus() - 1, stride.modulus() + 1)
        .filter(m -> m > 1 && !strides.contains(m))
        .filter(m -> RollPeriod.hasMultiples(input.model().canvas(), m))
        .mapToObj(m -> period(patterns, images, stride.axis().equals("x"), m, input))
        .filter(p -> stride.effect() > 0 && stride.effect() < CLEARLY * p.effect())
        .findFirst()
        .map(p -> new Withheld(name(stride), reason(p, stride)));
  }

  private static String name(RollPeriod period) {
    return ROLLED + period.axis() + MODULO + period.modulus();
  }

  private static Observation.Uncorrected draft(RollPeriod period, Observer.Input input) {
    return Observation.Uncorrected.mean(
            name(period),
            "rolls beside it",
            PERIOD,
            Prediction.EXISTS,
            period.perImage(),
            MARGIN,
            input.control().runs().size() - period.perImage().length,
            input.random(name(period)))
        .withP(period.perImage().length < 2 ? 1 : period.p());
  }

  private static List<Residues> residues(
      List<BlackPixels> images, List<Integer> moduli, Observer.Input input, String purpose) {
    input.check();
    return images.isEmpty() || moduli.isEmpty()
        ? List.of()
        : Residues.of(
            images, List.copyOf(new TreeSet<>(moduli)), RESIDUE_DRAWS, input.random(purpose));
  }

  /** How far runs agree: they share a network, so it tells nothing of a period. */
  private static Optional<Observation.Uncorrected> draft(
      Residues r, String prefix, Observer.Input input) {
    return r.inner().p().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Observation.Uncorrected(
                prefix + r.axis() + MODULO + r.modulus(),
                "the same runs shifted",
                "excess variance of the residues' density",
                Prediction.NOTHING,
                r.inner().excess().orElseThrow(),
                null,
                r.inner().p().orElseThrow(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                input.marked().size(),
                input.unmarked()));
  }

  private static String reason(RollPeriod placebo, RollPeriod stride) {
    return Text.of(
        "rolls by multiples of %d, which is no stride, keep about as much (%.2f of what scattering"
            + " loses, by the stride %.2f), so it is no period of the network",
        placebo.modulus(), placebo.effect(), stride.effect());
  }
}
