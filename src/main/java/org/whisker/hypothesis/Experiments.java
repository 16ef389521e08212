package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Prediction;

/**
 * All experiments: those of the {@linkplain Hypotheses hypotheses}, and the few that belong to none
 * of them.
 */
public final class Experiments {
  private static final List<Planned> OF_NO_HYPOTHESIS =
      List.of(Planned.standard(UntrainedWeights.EXPERIMENT));

  /**
   * The order of folders, tables and lists since the first reports, which is not that of the
   * hypotheses; an experiment that is not named here comes after these.
   */
  private static final List<Ablation> ORDER =
      List.of(
          Geometry.EXPERIMENT,
          Uniformity.EXPERIMENT,
          Sides.EXPERIMENT,
          Search.EXPERIMENT,
          Founders.QUESTION,
          Founders.REGIONS,
          Founders.PLACES,
          WhiteStart.EXPERIMENT,
          Entry.EXPERIMENT,
          Padding.EXPERIMENT,
          Operators.EXPERIMENT,
          Background.EXPERIMENT,
          SafeHarbour.EXPERIMENT,
          Landscape.EXPERIMENT,
          Barrier.EXPERIMENT,
          PlaceParts.EXPERIMENT,
          EvolvedParts.EXPERIMENT,
          PartPlaces.EXPERIMENT,
          LocationTied.EXPERIMENT,
          Carriers.EXPERIMENT,
          Foveation.EXPERIMENT,
          ReceptiveField.EXPERIMENT,
          UntrainedWeights.EXPERIMENT);

  private static final List<Factorial.Factor> CROSSED =
      List.of(
          new Factorial.Factor(Padding.EXPERIMENT.id(), List.of()),
          new Factorial.Factor(Background.EXPERIMENT.id(), List.of(Background.BLACK)));

  private Experiments() {}

  /** All experiments, with the default factorial of padding and background. */
  public static List<Ablation> all() {
    return all(List.of());
  }

  /**
   * All experiments: first those that train nothing, then those that do, then the factorial one.
   *
   * @param factors the factors of the factorial experiment; padding and background if empty
   * @throws IllegalArgumentException if they cannot be crossed
   */
  public static List<Ablation> all(List<Factorial.Factor> factors) {
    List<Ablation> all = new ArrayList<>();
    planned(false).map(Planned::ablation).forEach(all::add);
    planned(true).map(Planned::ablation).forEach(all::add);
    all.add(Factorial.ablation(factors.isEmpty() ? CROSSED : factors, List.copyOf(all)));
    return List.copyOf(all);
  }

  /** What a budget does beside that where there are photos to train networks on. */
  public static List<Ablation> trainedIn(Budget budget) {
    return planned(true)
        .filter(each -> budget.compareTo(each.from()) >= 0)
        .map(Planned::ablation)
        .toList();
  }

  /** What a budget does without photos, but for the factorial experiment; with all arms. */
  public static List<Planned> plannedIn(Budget budget) {
    return planned(false).filter(each -> each.isIn(budget)).toList();
  }

  /** What a budget does without photos, some with fewer arms than in {@code ablate}. */
  public static List<Ablation> in(Budget budget) {
    List<Ablation> all = new ArrayList<>();
    plannedIn(budget).stream().map(each -> each.in(budget)).forEach(all::add);
    if (budget != Budget.QUICK) {
      all.add(find(Factorial.ID).orElseThrow());
    }
    return List.copyOf(all);
  }

  public static Optional<Ablation> find(String id) {
    return all().stream().filter(ablation -> ablation.id().equals(id)).findFirst();
  }

  private static Stream<Planned> planned(boolean trains) {
    return Stream.concat(
            Hypotheses.all().stream().flatMap(each -> each.experiments().stream()),
            OF_NO_HYPOTHESIS.stream())
        .filter(each -> each.trains() == trains)
        .distinct()
        .sorted(Comparator.comparingInt(each -> place(each.ablation())));
  }

  private static int place(Ablation ablation) {
    int place = ORDER.indexOf(ablation);
    return place < 0 ? ORDER.size() : place;
  }

  /**
   * Experiment {@code weights}: trained weights against random initialisation. It belongs to no
   * single hypothesis.
   */
  private static final class UntrainedWeights {
    private static final int NETWORKS = 3;

    static final Ablation EXPERIMENT =
        new Ablation(
            "weights",
            "the same network before any training, "
                + NETWORKS
                + " draws of its weights; if training causes the edge bias, E differs; if the"
                + " architecture does (padding, receptive fields), E is the same",
            "nothing",
            UntrainedWeights::design);

    private static AblationDesign design(AblationSetting s) {
      List<AblationArm> arms = new ArrayList<>();
      arms.add(AblationArm.control("trained", "the trained weights"));
      for (int i = 0; i < NETWORKS; i++) {
        long seed = s.seed() + i;
        arms.add(
            AblationArm.of(
                "untrained-" + (i + 1),
                "weights as drawn from seed " + seed,
                new ModelVariant.Untrained(seed)));
      }
      return AblationDesign.againstControl(arms, Prediction.DIFFERS);
    }
  }
}
