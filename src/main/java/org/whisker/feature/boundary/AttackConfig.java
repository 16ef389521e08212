package org.whisker.feature.boundary;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.whisker.boundary.attack.GradientAttack;
import org.whisker.boundary.attack.Searches;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What decides the small changes that turn images.
 *
 * @param searches which, at least one
 * @param steps gradients of each attack, at least 1; by default as many as its source takes
 * @param maxFlips number of flips at which the searches among flips give up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param evaluations largest number of images scored to take flips back; 0 only takes back
 * @param seed the seed of the images that are drawn
 */
public record AttackConfig(
    ModelConfig model,
    ImageChoice images,
    @Option(
            names = "--searches",
            label = "LIST",
            split = ",",
            defaultValue = "greedy-flips,fewest-flips,sigma-zero,fmn,ddn",
            help =
                "Which: greedy-flips, fewest-flips, sigma-zero, fmn, ddn, separated by commas."
                    + " Default: all.")
        List<Search> searches,
    @Option(
            names = "--steps",
            label = "N",
            help =
                "Number of gradients of each attack. Default: as published, 1000 for sigma-zero"
                    + " and 100 for fmn and ddn.")
        OptionalInt steps,
    @Option(
            names = "--max-flips",
            label = "N",
            defaultValue = "200",
            help = "Number of flips at which the searches among flips give up. Default: 200.")
        int maxFlips,
    @Option(
            names = "--candidates",
            label = "N",
            defaultValue = "16",
            help = "Maximum number of flips scored per step. Default: 16.")
        int candidates,
    @Option(
            names = "--evaluations",
            label = "N",
            defaultValue = "5000",
            help =
                "Maximum number of images that fewest-flips may score, not counting those for"
                    + " undoing flips. 0: only undo flips. Default: 5000.")
        long evaluations,
    @Seed long seed) {

  public AttackConfig {
    searches = searches.stream().distinct().toList();
    if (searches.isEmpty()) {
      throw new IllegalArgumentException("--searches names no search");
    }
    new Searches(steps, maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
  }

  /** All searches, with the usual limits. */
  public static AttackConfig of(ModelConfig model, ImageChoice images) {
    return Options.of(AttackConfig.class).defaults(model, images);
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
