package org.whisker.feature.population;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.population.PopulationConfig.PopulationBase;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Seed;

/**
 * A population, as it is asked for.
 *
 * @param epochs passes over the photos; four left test accuracies of 72 % on 7,800 photos
 * @param generations the number of generations that end a run; by default the question's
 */
public record PopulationOptions(
    @Option(
            names = "--data",
            label = "DIR",
            help =
                "Photos: a folder with train/, val/ and test/, each with cat/ and not_cat/, as for"
                    + " train.")
        Path data,
    @Option(names = "--research-only", help = "The photos may be used for research only.")
        boolean researchOnly,
    @Option(
            defaultValue = "vgg16,inception-resnet-v2",
            names = "--arch",
            split = ",",
            label = "ARCH",
            help = "vgg16, inception-resnet-v2, or both, separated by commas. Default: both.")
        List<String> architectures,
    @Option(
            names = "--networks",
            label = "N",
            defaultValue = "24",
            help =
                "Networks of each architecture, each from its own seed. Any number of them is"
                    + " balanced over the recipes.")
        int networks,
    @Option(
            defaultValue = "zero,reflect,replicate,circular",
            names = "--paddings",
            split = ",",
            label = "P",
            help = "Paddings of the recipes.")
        List<String> paddings,
    @Option(
            names = "--width",
            label = "W",
            help = "Fraction of the published number of channels. Default: 0.125.")
        OptionalDouble width,
    @Option(
            names = "--size",
            label = "N",
            help =
                "Height and width of the input in pixels. Default: 64 (vgg16), 107 (the least with"
                    + " which inception-resnet-v2 can be padded by reflection).")
        OptionalInt size,
    @Option(
            min = 1,
            names = "--epochs",
            label = "N",
            defaultValue = "8",
            help = "Passes over the training photos.")
        int epochs,
    @Option(
            names = "--target",
            label = "P",
            defaultValue = "0.96",
            help = "A run is a cat, and ends, when p(cat) reaches this.")
        double target,
    @Option(names = "--runs", label = "N", defaultValue = "5", min = 1, help = SharedOptions.RUNS)
        int runs,
    @Option(names = "--generations", label = "N", min = 1, help = SharedOptions.GENERATIONS)
        OptionalInt generations,
    @Seed long seed,
    DeviceConfig on) {
  /**
   * Turns these options into a configuration.
   *
   * @throws InvalidRequestException for impossible options
   */
  public PopulationConfig config() {
    return new PopulationConfig(
        data,
        researchOnly,
        architectures.stream().map(this::base).toList(),
        networks,
        paddings,
        PopulationConfig.bothPositions(),
        PopulationConfig.briefly(epochs),
        runs,
        generations.orElse(EvolutionOptions.question().stop().generations()),
        target,
        seed,
        on);
  }

  private PopulationBase base(String architecture) {
    PopulationBase base = PopulationBase.of(architecture);
    return InvalidRequestException.check(
        () -> base.with(width.orElse(base.architecture().width()), size.orElse(base.side())));
  }
}
