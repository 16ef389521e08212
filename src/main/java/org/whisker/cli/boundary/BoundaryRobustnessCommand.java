package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.ImageChoice;
import org.whisker.study.boundary.RobustnessConfig;
import org.whisker.study.boundary.RobustnessJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary robustness}: what small changes do to evolved images. */
@Command(
    name = "robustness",
    description = {
      "Perturbs images slightly and reports what is left of p(cat): shifted by one pixel in all"
          + " eight directions, flipped, blurred, saved as JPEG, with one extra pixel at random"
          + " places.",
      "Writes robustness.csv (one row per image, change and draw), summary.csv, robustness.png."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Shifts uncover background: white, or the gray that the images were evolved on.",
      "Blur is Gaussian, mirrored at the border; JPEG uses the JDK's encoder, in gray.",
      "",
      "Examples:",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run cat.jpg --blur 0.7 \\",
      "      --jpeg 80,20",
      "  whisker boundary robustness --model vgg16-mini photos/test --per-group 50"
    })
final class BoundaryRobustnessCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--blur",
      paramLabel = "SIGMA",
      split = ",",
      defaultValue = "0.5,1",
      description = "Standard deviations of the blur in pixels. Default: 0.5,1.")
  private List<Double> blurs = List.of();

  @Option(
      names = "--jpeg",
      paramLabel = "Q",
      split = ",",
      defaultValue = "90,50",
      description = "JPEG qualities, 1 to 100. Default: 90,50.")
  private List<Integer> qualities = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of random positions of the extra pixel. Default: 20.")
  private int draws = 20;

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final SeededOutput output = new SeededOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryRobustnessCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    RobustnessConfig config =
        InvalidRequestException.check(
            () ->
                new RobustnessConfig(
                    new ModelConfig(model.name(), running.config()),
                    new ImageChoice(images, perGroup.get(), resize.get()),
                    blurs,
                    qualities,
                    draws,
                    output.seed()));
    RobustnessJob.Result result =
        new RobustnessJob(environment.context(common, charts)).run(config, output.asked());
    environment.out().print(RobustnessText.of(result));
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }
}
