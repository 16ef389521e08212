package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observed.Withheld;
import org.whisker.ablation.Observer;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Shown;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.planted.Plant;
import org.whisker.planted.Plant.NullPlants;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.Plants;
import org.whisker.position.Residues;

/**
 * Experiment {@code stride-parity}: whether evolved pixels prefer some residues of x or y modulo a
 * stride, as an effect of strides and uneven padding (Alsallakh et al. 2021, arXiv 2010.02178).
 * Runs that share a few columns agree modulo any number, so moduli that are not strides are
 * placebos: if one is significant, a stride must show a clearly larger effect.
 */
public final class StrideParity implements Hypothesis {
  /** Odd, so that no power of two is a multiple. */
  private static final List<Integer> PLACEBOS = List.of(3, 5, 7);

  private static final String PLACEBO = "placebo, ";
  private static final String MODULO = " modulo ";

  /** Enough for the smallest p to pass a correction over all hypotheses and models of a report. */
  private static final int DRAWS = 99_999;

  private static final double ALPHA = 0.05;

  /** Factor by which the excess variance of a stride must exceed that of a placebo. */
  private static final double CLEARLY = 2;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "stride-parity",
          "stride-parity",
          "the control's evolved pixels by x and y modulo the cumulative strides of the network (2, 4,"
              + " 8, 16 and 32 if they are not known), away from the borders; strides and uneven padding"
              + " would favour some residues; residues modulo 3, 5 and 7 are placebos, which must not"
              + " be significant, or clearly weaker",
          StrideParity::observe);

  @Override
  public String id() {
    return "stride-parity";
  }

  @Override
  public Topic topic() {
    return Topic.CAT;
  }

  @Override
  public Wording wording() {
    return Wording.of(
        "Do strides and uneven padding prefer some rows or columns?",
        "evolved pixels by x and y modulo the network's strides, with other moduli as placebos",
        "strides",
        "evolved pixels prefer some rows or columns modulo a stride",
        "evolved pixels are spread over rows and columns as by chance",
        "evolved pixels are spread over rows and columns more evenly than by chance");
  }

  @Override
  public List<Planned> experiments() {
    return List.of(Planned.quick(EXPERIMENT));
  }

  @Override
  public Decisive decisive() {
    return Decisive.byClearest(StrideParity::isOfStride);
  }

  @Override
  public List<Expectation> expected() {
    return List.of(
        Expectation.on(Plants.STRIDES, Expected.SUPPORTED, "every second column is worth more"),
        Expectation.elsewhere(Expected.NO_EFFECT, "no column or row is worth more than the next"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.of(
        NullPlants.BLIND,
        Plant.known(
            "faint-columns", c -> PlantedFormula.blank().withGain(PlantMaps.columns(0.14, 0.11))));
  }

  @Override
  public List<Shown> shown() {
    return Shown.ofArmsAnd(Shown.RESIDUES);
  }

  private static boolean isOfStride(String observation) {
    return !observation.startsWith(PLACEBO);
  }

  private static Observed observe(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    List<Integer> strides = input.model().strides();
    List<Integer> real = strides.isEmpty() ? Residues.MODULI : strides;
    List<Integer> placebos = PLACEBOS.stream().filter(m -> !real.contains(m)).toList();
    List<Residues> residues = residues(images, real, input, "residues");
    List<Residues> placebo = residues(images, placebos, input, "placebo residues");
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    residues.forEach(r -> draft(r, "", Prediction.RISES, input).ifPresent(drafts::add));
    placebo.forEach(r -> draft(r, PLACEBO, Prediction.NOTHING, input).ifPresent(drafts::add));
    List<Observation> observations = Observation.corrected(drafts);
    List<Residues> all = new ArrayList<>(residues);
    all.addAll(placebo);
    return new Observed.ByResidue(all, observations, withheld(observations));
  }

  private static List<Residues> residues(
      List<BlackPixels> images, List<Integer> moduli, Observer.Input input, String purpose) {
    input.check();
    return images.isEmpty() || moduli.isEmpty()
        ? List.of()
        : Residues.of(images, List.copyOf(new TreeSet<>(moduli)), DRAWS, input.random(purpose));
  }

  private static Optional<Observation.Uncorrected> draft(
      Residues r, String prefix, Prediction predicted, Observer.Input input) {
    return r.inner().p().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Observation.Uncorrected(
                prefix + r.axis() + MODULO + r.modulus(),
                "the same runs shifted",
                "excess variance of the residues' density",
                predicted,
                r.inner().excess().orElseThrow(),
                null,
                r.inner().p().orElseThrow(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                input.marked().size(),
                input.unmarked()));
  }

  /** All strides, if a placebo is significant and no stride has a clearly larger effect. */
  private static List<Withheld> withheld(List<Observation> observations) {
    Comparator<Observation> byEffect = Comparator.comparingDouble(Observation::effect);
    Optional<Observation> placebo =
        observations.stream()
            .filter(o -> o.name().startsWith(PLACEBO) && o.pHolm() <= ALPHA)
            .max(byEffect);
    List<Observation> strides =
        observations.stream().filter(o -> !o.name().startsWith(PLACEBO)).toList();
    Optional<Observation> clearest = strides.stream().max(byEffect);
    return placebo.isPresent()
            && clearest.isPresent()
            && clearest.get().effect() < CLEARLY * placebo.get().effect()
        ? strides.stream().map(o -> new Withheld(o.name(), reason(placebo.get(), o))).toList()
        : List.of();
  }

  private static String reason(Observation placebo, Observation stride) {
    return String.format(
        Locale.ROOT,
        "runs also agree modulo %s, which is no stride (excess variance %.2f, modulo the stride"
            + " %.2f), so they share positions rather than a period",
        placebo.name().substring(placebo.name().lastIndexOf(' ') + 1),
        placebo.effect(),
        stride.effect());
  }
}
