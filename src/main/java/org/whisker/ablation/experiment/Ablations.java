package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Regions;

/**
 * All experiments, in the order in which {@code all} does them. A new one is a class that makes an
 * {@link Ablation}, and a line here; a network changed in a new way is a {@link ModelVariant}, a
 * picture changed on its way to the network a {@link InputTransform}.
 */
public final class Ablations {
  private static final List<Ablation> SINGLE =
      List.of(
          Geometry.ablation(),
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

  /** All of them, padding and background crossed. */
  public static List<Ablation> all() {
    return all(List.of());
  }

  /**
   * All of them.
   *
   * @param factors that are crossed; padding and background when empty
   * @throws IllegalArgumentException when they can't be
   */
  public static List<Ablation> all(List<Factorial.Factor> factors) {
    List<Ablation> all = new ArrayList<>(SINGLE);
    all.addAll(TRAINED);
    all.add(Factorial.ablation(factors.isEmpty() ? CROSSED : factors, List.copyOf(all)));
    return List.copyOf(all);
  }

  /** Those that train no network, which takes hours and photos; padding and background crossed. */
  public static List<Ablation> untrained() {
    return all().stream().filter(ablation -> !TRAINED.contains(ablation)).toList();
  }

  /** Those that train networks, for which there must be photos. */
  public static List<Ablation> trained() {
    return TRAINED;
  }

  /** The experiment of that name. */
  public static Optional<Ablation> find(String id) {
    return all().stream().filter(ablation -> ablation.id().equals(id)).findFirst();
  }
}
