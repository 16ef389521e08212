package org.whisker.saliency.faithfulness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.whisker.classifier.Classifier;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.SaliencyMap;

/**
 * Cascading parameter randomisation test (Adebayo et al., 2018, arXiv:1810.03292): layers are
 * randomised cumulatively from the output down, and the map at each step is compared with that of
 * the trained network. A map that stays similar reflects the image or the architecture rather than
 * learned weights.
 *
 * @param original map of the trained network
 * @param steps from the output down
 */
public record ParameterRandomisation(SaliencyMap original, List<Step> steps) {

  /**
   * A classifier whose layers are randomised down to this one.
   *
   * @param layer the last one randomised
   * @param open creates the classifier, which is closed once its map is computed, so that only one
   *     is in memory
   */
  public record Randomised<C extends Classifier>(String layer, Supplier<? extends C> open) {
    public Randomised {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(open, "open");
    }
  }

  /**
   * Similarity of a step's map to the original.
   *
   * @param layer the last one randomised
   * @param absolute Spearman's rho of the |values|: 1 for the same order, 0 for unrelated maps;
   *     empty if one of them is constant
   * @param signed Spearman's rho of the values; also empty for an unsigned map
   */
  public record Step(String layer, OptionalDouble absolute, OptionalDouble signed) {}

  public ParameterRandomisation {
    Objects.requireNonNull(original, "original");
    steps = List.copyOf(steps);
  }

  /** Recomputes a map. */
  @FunctionalInterface
  public interface Again<C extends Classifier> {
    /**
     * The map.
     *
     * @param map index of the original, from 0
     * @return empty when stopped
     */
    Optional<SaliencyMap> by(C classifier, int map);
  }

  /**
   * Compares several maps, possibly of several methods and images, opening each randomised network
   * once.
   *
   * @param originals maps of the trained network
   * @param progress receives the number of steps done after each step
   * @param stopped polled before each step
   * @return one per original; empty when stopped
   */
  public static <C extends Classifier> Optional<List<ParameterRandomisation>> of(
      List<SaliencyMap> originals,
      List<Randomised<C>> randomised,
      Again<? super C> again,
      IntConsumer progress,
      BooleanSupplier stopped) {
    List<List<Step>> steps = new ArrayList<>();
    originals.forEach(original -> steps.add(new ArrayList<>()));
    int done = 0;
    for (Randomised<C> each : randomised) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      try (C classifier = each.open().get()) {
        for (int i = 0; i < originals.size(); i++) {
          Optional<SaliencyMap> map = again.by(classifier, i);
          if (map.isEmpty()) {
            return Optional.empty();
          }
          steps.get(i).add(step(each.layer(), originals.get(i), map.get()));
        }
      }
      progress.accept(++done);
    }
    List<ParameterRandomisation> all = new ArrayList<>();
    for (int i = 0; i < originals.size(); i++) {
      all.add(new ParameterRandomisation(originals.get(i), steps.get(i)));
    }
    return Optional.of(all);
  }

  private static Step step(String layer, SaliencyMap original, SaliencyMap map) {
    return new Step(
        layer, MethodAgreement.absolute(original, map), MethodAgreement.signed(original, map));
  }
}
