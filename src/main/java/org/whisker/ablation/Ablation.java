package org.whisker.ablation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.ablation.Observer.Observed.Withheld;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;
import org.whisker.option.Records;
import org.whisker.value.Checks;

/**
 * An experiment on one suspected cause, as data: its arms, the control first, and their
 * comparisons.
 *
 * @param id name in options and files
 * @param hypothesis the row of the hypothesis table that it tests
 * @param explanation one line: the intervention, and what the hypothesis predicts
 * @param needs requirements on the model, in words
 * @param design the arms on a given model
 * @param supplements further measurements after the arms are done
 * @param observers observations of the control's evolved images
 * @param checks conditions under which the verdict on a comparison is withheld
 */
public record Ablation(
    String id,
    String hypothesis,
    String explanation,
    String needs,
    Function<AblationSetting, Design> design,
    List<Function<Finished, SupplementaryTable>> supplements,
    List<Observer> observers,
    List<Function<Finished, Optional<Withheld>>> checks) {
  /**
   * Arms and comparisons.
   *
   * @param arms the control first
   * @param contrasts the family of Holm's correction
   */
  public record Design(List<AblationArm> arms, List<ArmContrast> contrasts) {
    public Design {
      arms = List.copyOf(arms);
      contrasts = List.copyOf(contrasts);
      var names = new HashSet<String>();
      for (AblationArm arm : arms) {
        Checks.refuse(!names.add(arm.name()), "two arms are called %s", arm.name());
      }
      for (ArmContrast contrast : contrasts) {
        if (!names.containsAll(contrast.weights().keySet())) {
          throw new IllegalArgumentException(
              "contrast " + contrast.name() + " is of " + contrast.weights().keySet());
        }
      }
    }

    /** The edge index of each treatment against the control. */
    public static Design againstControl(List<AblationArm> arms, ArmContrast.Prediction predicted) {
      AblationArm control = arms.get(0);
      return new Design(
          arms,
          arms.stream()
              .skip(1)
              .map(
                  arm ->
                      ArmContrast.pair(arm.name(), control.name(), Measure.EDGE_INDEX, predicted))
              .toList());
    }
  }

  public Ablation {
    supplements = List.copyOf(supplements);
    observers = List.copyOf(observers);
    checks = List.copyOf(checks);
  }

  /** An experiment without a check of its arms, of the hypothesis of the same name. */
  public Ablation(
      String id,
      String explanation,
      String needs,
      Function<AblationSetting, Design> design,
      List<Function<Finished, SupplementaryTable>> supplements,
      List<Observer> observers) {
    this(id, id, explanation, needs, design, supplements, observers, List.of());
  }

  /** Returns this experiment with checks, which withhold verdicts and say why. */
  public Ablation checked(List<Function<Finished, Optional<Withheld>>> newChecks) {
    return Records.changed(this, Ablation::checks).to(newChecks);
  }

  /** Returns this experiment, as one of a hypothesis of another name. */
  public Ablation testing(String otherHypothesis) {
    return Records.changed(this, Ablation::hypothesis).to(otherHypothesis);
  }

  /** An experiment with arms but no observations. */
  public Ablation(
      String id,
      String explanation,
      String needs,
      Function<AblationSetting, Design> design,
      List<Function<Finished, SupplementaryTable>> supplements) {
    this(id, explanation, needs, design, supplements, List.of());
  }

  /** An experiment without treatments, which observes the evolved images of the control. */
  public static Ablation observing(String id, String explanation, Observer observer) {
    return new Ablation(
        id,
        explanation,
        "nothing",
        setting ->
            new Design(List.of(AblationArm.control("evolved", "pixels anywhere")), List.of()),
        List.of(),
        List.of(observer));
  }

  /** An experiment with arms alone. */
  public Ablation(
      String id, String explanation, String needs, Function<AblationSetting, Design> design) {
    this(id, explanation, needs, design, List.of());
  }

  /**
   * A copy restricted to the control, these treatments and their comparisons, and to these parts of
   * its observers.
   *
   * @param treatments names of arms or parts
   */
  public Ablation narrowed(Set<String> treatments) {
    Function<AblationSetting, Design> narrow =
        setting -> {
          Design whole = design.apply(setting);
          AblationArm control = whole.arms().get(0);
          List<AblationArm> arms =
              whole.arms().stream()
                  .filter(arm -> arm.equals(control) || treatments.contains(arm.name()))
                  .toList();
          List<String> names = arms.stream().map(AblationArm::name).toList();
          return new Design(
              arms,
              whole.contrasts().stream()
                  .filter(contrast -> names.containsAll(contrast.weights().keySet()))
                  .toList());
        };
    List<Observer> fewer = observers.stream().map(each -> each.narrowed(treatments)).toList();
    return new Ablation(id, hypothesis, explanation, needs, narrow, supplements, fewer, checks);
  }

  /** Returns this experiment without supplements: none of its verdicts needs them. */
  public Ablation withoutSupplements() {
    return Records.changed(this, Ablation::supplements).to(List.of());
  }

  /** Whether it needs networks to be trained. */
  public boolean trains(AblatedModel model, AblationSetting setting) {
    return !retrained(model, setting, 1).isEmpty();
  }

  /**
   * The distinct networks to be trained for it: the first of each arm, then the second, and so on.
   *
   * @param networks number per arm
   */
  public List<ModelVariant.Retrained> retrained(
      AblatedModel model, AblationSetting setting, int networks) {
    List<ModelVariant> firsts = new ArrayList<>();
    design.apply(setting).arms().forEach(arm -> firsts.add(arm.variant()));
    observers.forEach(observer -> firsts.addAll(observer.trained(model, setting)));
    return IntStream.range(0, networks)
        .boxed()
        .flatMap(number -> firsts.stream().map(first -> first.ofNetwork(number)))
        .filter(ModelVariant.Retrained.class::isInstance)
        .map(ModelVariant.Retrained.class::cast)
        .distinct()
        .toList();
  }

  /**
   * How many images its observers score, roughly, for who plans.
   *
   * @param images evolved ones that they look at
   */
  public long observed(AblatedModel model, int images) {
    return observers.stream().mapToLong(observer -> observer.scored(model, images)).sum();
  }

  /** The reason, in one line, why it cannot be done on this model; empty if it can. */
  public Optional<String> refusal(AblatedModel model, AblationSetting setting) {
    return design.apply(setting).arms().stream()
        .flatMap(
            arm ->
                model.refusal(arm.variant()).map(why -> "arm " + arm.name() + ": " + why).stream())
        .findFirst()
        .or(() -> observers.stream().flatMap(o -> o.refusal(model).stream()).findFirst());
  }

  /**
   * The finished arms of an experiment.
   *
   * @param arms by name
   * @param batch images per batch
   * @param stopped polled between batches
   */
  public record Finished(
      Map<String, ArmRuns> arms,
      AblationSetting setting,
      AblatedModel model,
      int batch,
      BooleanSupplier stopped) {}

  /**
   * The setting from which arms are built: the model's properties and the unmodified search.
   *
   * @param base search options; stops by evaluations alone, so that arms have equal budgets
   * @param paddingGray the gray (0 to 1) that zero padding of the input corresponds to
   * @param padding the padding of the model as trained
   * @param held number of generations for which a temporary region applies
   * @param seed the seed of the experiment
   * @param regime identifies the recipe and photos of retraining; {@link #NO_PHOTOS} if there is
   *     none
   * @param fineTuned whether retraining continues from the model's own weights
   */
  public record AblationSetting(
      EvolutionOptions base,
      Canvas canvas,
      float paddingGray,
      String padding,
      int held,
      long seed,
      String regime,
      boolean fineTuned) {
    /** The regime without photos to train on. */
    public static final String NO_PHOTOS = "none";

    /** A setting without retraining. */
    public AblationSetting(
        EvolutionOptions base,
        Canvas canvas,
        float paddingGray,
        String padding,
        int held,
        long seed) {
      this(base, canvas, paddingGray, padding, held, seed, NO_PHOTOS);
    }

    /** A setting with retraining from random initial weights. */
    public AblationSetting(
        EvolutionOptions base,
        Canvas canvas,
        float paddingGray,
        String padding,
        int held,
        long seed,
        String regime) {
      this(base, canvas, paddingGray, padding, held, seed, regime, false);
    }

    /**
     * Returns a setting whose runs end with the first image of this p(cat), if they come so far.
     */
    public AblationSetting endingAt(double probability) {
      return Records.changed(this, AblationSetting::base)
          .to(base.withStop(base.stop().withTarget(probability)));
    }

    /** λ of the unmodified search, in nats per black pixel. */
    public double lambda() {
      return base.objective().lambda();
    }
  }
}
