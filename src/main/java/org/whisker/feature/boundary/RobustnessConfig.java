package org.whisker.feature.boundary;

import java.util.List;
import java.util.Map;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.SmallChange;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What decides what small changes do to images.
 *
 * @param blurs standard deviations in pixels, each above 0
 * @param qualities the qualities of JPEG, 1 to 100
 * @param draws number of random positions of the extra pixel, at least 1
 * @param seed the seed of these, and of the images that are drawn
 */
public record RobustnessConfig(
    ModelConfig model,
    ImageChoice images,
    @Option(
            names = "--blur",
            label = "SIGMA",
            split = ",",
            defaultValue = "0.5,1",
            help = "Standard deviations of the blur in pixels. Default: 0.5,1.")
        List<Double> blurs,
    @Option(
            names = "--jpeg",
            label = "Q",
            split = ",",
            defaultValue = "90,50",
            help = "JPEG qualities, 1 to 100. Default: 90,50.")
        List<Integer> qualities,
    @Option(
            names = "--draws",
            label = "N",
            defaultValue = "20",
            help = "Number of random positions of the extra pixel. Default: 20.")
        int draws,
    @Seed long seed) {
  public RobustnessConfig {
    blurs = List.copyOf(blurs);
    qualities = List.copyOf(qualities);
    Robustness.changes(blurs, qualities, draws); // checks them
  }

  /** The default options, with the usual changes. */
  public static RobustnessConfig of(ModelConfig model, ImageChoice images) {
    return Options.of(RobustnessConfig.class).defaults(model, images);
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("changes", changes().stream().map(SmallChange::label).toList());
    manifest.put("extra_pixel_draws", draws);
    manifest.put("seed", seed);
  }

  List<SmallChange> changes() {
    return Robustness.changes(blurs, qualities, draws);
  }
}
