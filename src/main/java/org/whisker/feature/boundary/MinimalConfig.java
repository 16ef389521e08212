package org.whisker.feature.boundary;

import java.util.List;
import java.util.Map;
import org.whisker.boundary.MinimalSearch;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;

/**
 * What decides the minimal sets of a model.
 *
 * @param targets the p(cat) to reach, each above 0 and below 1
 * @param starts what the searches begin with
 * @param maxFlips number of pixels changed at which a start is given up, at least 1
 * @param candidates largest number of pixels scored per such step, at least 1
 * @param evaluations largest number of images scored to find pixels whose addition allows more
 *     removals; 0 only removes
 */
public record MinimalConfig(
    @OptionGroup(without = "--precision") ModelConfig model,
    @Option(
            above = 0,
            below = 1,
            names = "--target",
            label = "P",
            split = ",",
            defaultValue = "0.5,0.96",
            help = "The p(cat) to reach. Default: 0.5,0.96.")
        List<Double> targets,
    MinimalStarts starts,
    @Option(
            names = "--max-flips",
            label = "N",
            defaultValue = "3000",
            help =
                "Maximum number of pixels changed to bring a start to the target. Default: 3000.")
        int maxFlips,
    @Option(
            names = "--candidates",
            label = "N",
            defaultValue = "16",
            help = "Maximum number of pixels scored per such step. Default: 16.")
        int candidates,
    @Option(
            names = "--evaluations",
            label = "N",
            defaultValue = "100000",
            help =
                "Images that a search may score, beyond those that removals need, to find pixels whose"
                    + " addition allows more removals: a minute or two on a small network. 0 only"
                    + " removes. Default: 100000.")
        long evaluations) {

  public MinimalConfig {
    new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
    targets = targets.stream().distinct().toList();
    Options.check(MinimalConfig.class, model, targets, starts, maxFlips, candidates, evaluations);
  }

  /** The usual limits of the search. */
  public static MinimalConfig of(ModelConfig model, List<Double> targets, MinimalStarts starts) {
    MinimalConfig usual = Options.of(MinimalConfig.class).defaults(model);
    return new MinimalConfig(
        model, targets, starts, usual.maxFlips, usual.candidates, usual.evaluations);
  }

  MinimalSearch search() {
    return new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH);
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("targets", targets);
    manifest.put("density", starts.density());
    manifest.put("evaluations", evaluations);
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("seed", starts.seed());
  }
}
