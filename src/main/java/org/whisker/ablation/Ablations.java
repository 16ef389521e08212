package org.whisker.ablation;

import java.util.List;
import java.util.Optional;

/**
 * All experiments, in the order in which {@code all} does them. A new one is a class that makes an
 * {@link Ablation}, and a line here; a network changed in a new way is a {@link ModelVariant}, a
 * picture changed on its way to the network a {@link View}.
 */
public final class Ablations {
  private static final List<Ablation> ALL =
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
          GradientEnergy.ablation());

  private Ablations() {}

  public static List<Ablation> all() {
    return ALL;
  }

  /** The experiment of that name. */
  public static Optional<Ablation> find(String id) {
    return ALL.stream().filter(ablation -> ablation.id().equals(id)).findFirst();
  }
}
