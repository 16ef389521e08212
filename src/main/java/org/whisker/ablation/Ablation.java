package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.option.Records;

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
    Function<AblationSetting, AblationDesign> design,
    List<Function<FinishedArms, SupplementaryTable>> supplements,
    List<Observer> observers,
    List<Function<FinishedArms, Optional<WithheldComparison>>> checks) {

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
      Function<AblationSetting, AblationDesign> design,
      List<Function<FinishedArms, SupplementaryTable>> supplements,
      List<Observer> observers) {
    this(id, id, explanation, needs, design, supplements, observers, List.of());
  }

  /** Returns this experiment with checks, which withhold verdicts and say why. */
  public Ablation checked(List<Function<FinishedArms, Optional<WithheldComparison>>> newChecks) {
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
      Function<AblationSetting, AblationDesign> design,
      List<Function<FinishedArms, SupplementaryTable>> supplements) {
    this(id, explanation, needs, design, supplements, List.of());
  }

  /** An experiment without treatments, which observes the evolved images of the control. */
  public static Ablation observing(String id, String explanation, Observer observer) {
    return new Ablation(
        id,
        explanation,
        "nothing",
        setting ->
            new AblationDesign(
                List.of(AblationArm.control("evolved", "pixels anywhere")), List.of()),
        List.of(),
        List.of(observer));
  }

  /** An experiment with arms alone. */
  public Ablation(
      String id,
      String explanation,
      String needs,
      Function<AblationSetting, AblationDesign> design) {
    this(id, explanation, needs, design, List.of());
  }

  /**
   * A copy restricted to the control, these treatments and their comparisons, and to these parts of
   * its observers.
   *
   * @param treatments names of arms or parts
   */
  public Ablation narrowed(Set<String> treatments) {
    Function<AblationSetting, AblationDesign> narrow =
        setting -> {
          AblationDesign whole = design.apply(setting);
          AblationArm control = whole.arms().get(0);
          List<AblationArm> arms =
              whole.arms().stream()
                  .filter(arm -> arm.equals(control) || treatments.contains(arm.name()))
                  .toList();
          List<String> names = arms.stream().map(AblationArm::name).toList();
          return new AblationDesign(
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
}
