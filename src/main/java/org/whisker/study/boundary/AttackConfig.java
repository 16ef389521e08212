package org.whisker.study.boundary;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.whisker.boundary.attack.GradientAttack;
import org.whisker.boundary.attack.Search;
import org.whisker.boundary.attack.Searches;
import org.whisker.study.ModelConfig;

/**
 * What decides the small changes that turn images.
 *
 * @param searches which, at least one
 * @param steps gradients of each attack, at least 1; by default as many as its source takes
 * @param maxFlips number of flips at which the searches among flips give up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param evaluations largest number of images scored to take flips back; 0 only takes back
 * @param seed of the images that are drawn
 */
public record AttackConfig(
    ModelConfig model,
    ImageChoice images,
    List<Search> searches,
    OptionalInt steps,
    int maxFlips,
    int candidates,
    long evaluations,
    long seed) {
  private static final int MAX_FLIPS = 200;
  private static final int CANDIDATES = 16;
  private static final long EVALUATIONS = 5_000;

  public AttackConfig {
    searches = searches.stream().distinct().toList();
    if (searches.isEmpty()) {
      throw new IllegalArgumentException("--searches names no search");
    }
    new Searches(steps, maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
  }

  /** All searches, with the usual limits. */
  public static AttackConfig of(ModelConfig model, ImageChoice images) {
    return new AttackConfig(
        model, images, Search.all(), OptionalInt.empty(), MAX_FLIPS, CANDIDATES, EVALUATIONS, 1);
  }

  Searches limits() {
    return new Searches(steps, maxFlips, candidates, evaluations, OpenedModel.BATCH);
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("searches", searches.stream().map(this::told).toList());
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("evaluations", evaluations);
    manifest.put("seed", seed);
  }

  private String told(Search search) {
    return search.label()
        + search
            .attack()
            .map(limits()::attack)
            .map(GradientAttack::steps)
            .map(taken -> ", " + taken + " steps")
            .orElse("");
  }
}
