package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.boundary.ImageChoice;
import org.whisker.study.boundary.TransferConfig;
import org.whisker.study.boundary.TransferJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary transfer}: evolved images before other models. */
@Command(
    name = "transfer",
    description = {
      "Scores images evolved on one model with every other model, and as many pixels at random"
          + " places for comparison: are they cats to all models, to a family of them, or only to"
          + " one set of weights?",
      "Writes transfer.csv (one row per set of images and model), transfer-images.csv,"
          + " transfer.png."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "An evolved image whose size differs from a model's input is refused, since its",
      "pixels don't survive resizing; with --resize, rows of such a pair say little.",
      "",
      "Examples:",
      "  whisker boundary transfer vgg-run inception-run",
      "  whisker boundary transfer my-run --padding all",
      "  whisker boundary transfer my-run photos/test --models vgg16-mini,models/my-vgg"
    })
final class BoundaryTransferCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description =
          "Output folders of evolve; also folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--models",
      paramLabel = "LIST",
      split = ",",
      description = "Names or paths of the models that score. Default: all in models/.")
  private List<String> models = List.of();

  @Option(
      names = "--padding",
      paramLabel = "LIST",
      split = ",",
      description =
          "Also score with the same weights under these paddings: zero, reflect, replicate,"
              + " circular, or all. Default: only each model's own.")
  private List<String> paddings = List.of();

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final SeededOutput output = new SeededOutput();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryTransferCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TransferConfig config =
        InvalidRequestException.check(
            () ->
                new TransferConfig(
                    running.config(),
                    new ImageChoice(images, perGroup.get(), resize.get()),
                    models,
                    asked(),
                    output.seed()));
    TransferJob.Result result =
        new TransferJob(environment.context(common, charts)).run(config, output.asked());
    environment.out().print(TransferSummary.text(result.rows()));
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private Set<Padding> asked() {
    if (paddings.equals(List.of("all"))) {
      return EnumSet.allOf(Padding.class);
    }
    Set<Padding> asked = EnumSet.noneOf(Padding.class);
    for (String padding : paddings) {
      asked.add(InvalidRequestException.check(() -> Padding.parse(padding)));
    }
    return asked;
  }
}
