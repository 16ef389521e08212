package org.whisker.cli.ablate;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.RunOptions;
import org.whisker.study.DeviceConfig;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.population.PopulationBase;
import org.whisker.study.population.PopulationConfig;
import picocli.CommandLine.Option;

/** Which networks a population has, and how they are trained. */
final class PopulationOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Photos: a folder with train/, val/ and test/, each with cat/ and not_cat/, as for"
              + " train.")
  private @Nullable Path data;

  @Option(names = "--research-only", description = "The photos may be used for research only.")
  private boolean researchOnly;

  @Option(
      names = "--arch",
      split = ",",
      paramLabel = "ARCH",
      description = "vgg16, inception-resnet-v2, or both, separated by commas. Default: both.")
  private List<String> architectures = List.of("vgg16", "inception-resnet-v2");

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "" + PopulationConfig.NETWORKS,
      description =
          "Networks of each architecture, each from its own seed. Any number of them is balanced"
              + " over the recipes. Default: 24.")
  private int networks = PopulationConfig.NETWORKS;

  @Option(
      names = "--paddings",
      split = ",",
      paramLabel = "P",
      description = "Paddings of the recipes. Default: zero,reflect,replicate,circular.")
  private List<String> paddings = PopulationConfig.everyPadding();

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "Fraction of the published number of channels. Default: 0.125.")
  private @Nullable Double width;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Height and width of the input in pixels. Default: 64 (vgg16), 107 (the least with which"
              + " inception-resnet-v2 can be padded by reflection).")
  private @Nullable Integer size;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + PopulationConfig.EPOCHS,
      description = "Passes over the training photos. Default: 8.")
  private int epochs = PopulationConfig.EPOCHS;

  @Option(
      names = "--target",
      paramLabel = "P",
      defaultValue = "" + PopulationConfig.TARGET,
      description = "A run is a cat, and ends, when p(cat) reaches this. Default: 0.96.")
  private double target = PopulationConfig.TARGET;

  /**
   * These as a configuration.
   *
   * @throws InvalidRequestException for what can't be
   */
  PopulationConfig config(RunOptions run, DeviceConfig on) {
    Path photos = data;
    if (photos == null) {
      throw new InvalidRequestException("name photos by --data DIR");
    }
    InvalidRequestException.refuse(epochs < 1, "--epochs must be at least 1, was " + epochs);
    return new PopulationConfig(
        photos,
        researchOnly,
        architectures.stream().map(this::base).toList(),
        networks,
        paddings,
        PopulationConfig.bothPositions(),
        PopulationConfig.briefly(epochs),
        run.runs(PopulationConfig.RUNS),
        run.generations(PopulationConfig.GENERATIONS),
        target,
        run.seed(),
        on);
  }

  private PopulationBase base(String architecture) {
    PopulationBase base = PopulationBase.of(architecture);
    double scale = width == null ? base.architecture().width() : width;
    int side = size == null ? base.side() : size;
    return InvalidRequestException.check(() -> base.with(scale, side));
  }
}
