package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Regions;

/**
 * All experiments, in the order in which {@code all} runs them. A new one is a class that makes an
 * {@link Ablation} and a line here; a new change of the network is a {@link ModelVariant}, a new
 * change of its input an {@link InputTransform}.
 */
public final class Ablations {
  private static final List<Ablation> SINGLE =
      List.of(
          Geometry.ablation(),
          Uniformity.ablation(),
          Sides.ablation(),
          SearchComponents.ablation(),
          QuestionReports.ablation(),
          Regions.ablation(),
          FounderPlaces.ablation(),
          Paddings.ablation(),
          Operators.ablation(),
          CanvasBorder.ablation(),
          Backgrounds.ablation(),
          SafeHarbour.ablation(),
          ProbedLandscape.ablation(),
          LocationTied.ablation(),
          StrideParity.ablation(),
          FoveatedPaths.ablation(),
          GradientEnergy.ablation(),
          Training.ablation(),
          Resizing.ablation());
  private static final List<Ablation> TRAINED =
      List.of(Retraining.padding(), Retraining.position(), Retraining.head());
  private static final List<Factorial.Factor> CROSSED =
      List.of(
          new Factorial.Factor("padding", List.of()),
          new Factorial.Factor("background", List.of("black")));

  private Ablations() {}

  /** All experiments, with the default factorial of padding and background. */
  public static List<Ablation> all() {
    return all(List.of());
  }

  /**
   * All of them.
   *
   * @param factors of the factorial experiment; padding and background if empty
   * @throws IllegalArgumentException if they cannot be crossed
   */
  public static List<Ablation> all(List<Factorial.Factor> factors) {
    List<Ablation> all = new ArrayList<>(SINGLE);
    all.addAll(TRAINED);
    all.add(Factorial.ablation(factors.isEmpty() ? CROSSED : factors, List.copyOf(all)));
    return List.copyOf(all);
  }

  /** The experiments without training, with the default factorial of padding and background. */
  public static List<Ablation> untrained() {
    return all().stream().filter(ablation -> !TRAINED.contains(ablation)).toList();
  }

  /** The experiments that train networks, which need photos. */
  public static List<Ablation> trained() {
    return TRAINED;
  }

  /** The experiment of that name. */
  public static Optional<Ablation> find(String id) {
    return all().stream().filter(ablation -> ablation.id().equals(id)).findFirst();
  }
}
