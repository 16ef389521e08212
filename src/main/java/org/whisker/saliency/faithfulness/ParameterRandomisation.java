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
 * Whether a map depends on what the network has learned (Adebayo et al., 2018, arXiv:1810.03292):
 * its layers are randomised from the logit down, one more each step, and each step's map is
 * compared with the trained network's. A map that stays alike shows the picture or the
 * architecture, not the learning.
 *
 * @param original the trained network's map
 * @param steps from the logit down
 */
public record ParameterRandomisation(SaliencyMap original, List<Step> steps) {

  /**
   * A classifier randomised so far.
   *
   * @param layer the last one randomised
   * @param open makes the classifier, which is closed again once its map is there, so that only one
   *     is in memory
   */
  public record Randomised<C extends Classifier>(String layer, Supplier<? extends C> open) {
    public Randomised {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(open, "open");
    }
  }

  /**
   * How alike a step's map and the original are.
   *
   * @param layer the last one randomised
   * @param absolute Spearman's rho of the |values|: 1 is the same order, 0 unrelated. Empty when
   *     one of the maps is equally strong everywhere.
   * @param signed Spearman's rho of the values; empty also for a map without signs
   */
  public record Step(String layer, OptionalDouble absolute, OptionalDouble signed) {}

  public ParameterRandomisation {
    Objects.requireNonNull(original, "original");
    steps = List.copyOf(steps);
  }

  /** Makes a map again. */
  @FunctionalInterface
  public interface Again<C extends Classifier> {
    /**
     * The map.
     *
     * @param map number of the original, from 0
     * @return empty when stopped
     */
    Optional<SaliencyMap> by(C classifier, int map);
  }

  /**
   * Compares several maps, perhaps of several methods and pictures, so that each randomised network
   * is opened once.
   *
   * @param originals the trained network's maps
   * @param progress told after each step how many are done
   * @param stopped asked before each step
   * @return as many as originals; empty when stopped
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
