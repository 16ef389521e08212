package org.whisker.planted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.explain.DecisiveComparison;

/** The experiments that decide hypotheses, each with the arms that its decision is made of. */
final class DecisiveArms {
  private DecisiveArms() {}

  /**
   * What decides these hypotheses; an experiment that decides several comes once.
   *
   * @throws IllegalArgumentException for a hypothesis that there is not
   */
  static List<Ablation> of(Set<String> hypotheses, AblationSetting setting) {
    Map<String, List<DecisiveComparison>> byExperiment = new LinkedHashMap<>();
    for (DecisiveComparison decisive : DecisiveComparison.all()) {
      if (hypotheses.contains(decisive.hypothesis())) {
        byExperiment.computeIfAbsent(decisive.experiment(), id -> new ArrayList<>()).add(decisive);
      }
    }
    return byExperiment.entrySet().stream()
        .map(e -> narrowed(Ablations.find(e.getKey()).orElseThrow(), e.getValue(), setting))
        .toList();
  }

  /** With the control and the arms of the decisive contrasts. */
  private static Ablation narrowed(
      Ablation ablation, List<DecisiveComparison> decisive, AblationSetting setting) {
    Set<String> arms =
        ablation.design().apply(setting).contrasts().stream()
            .filter(
                c -> decisive.stream().anyMatch(d -> d.matches(c.name()) || d.matches(c.label())))
            .flatMap(c -> c.weights().keySet().stream())
            .collect(Collectors.toSet());
    return ablation.narrowed(arms).withoutSupplements();
  }
}
