package org.whisker.feature.models;

import java.io.IOException;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.ModelNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker network}: what a network says of itself before it has run. */
@Command(
    name = "network",
    description =
        "Derives receptive fields, sizes and path counts of a network without running it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  whisker network show vgg16-mini",
      "  whisker network show inception-resnet-v2 --padding zero,reflect"
    })
public final class NetworkCommand implements Runnable {
  private final Environment environment;
  @Spec private CommandSpec spec;

  public NetworkCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: show");
  }

  @Command(
      name = "show",
      description = {
        "Prints a network's layers, and maps how many paths reach them from each pixel.",
        "For each layer: output shape (channels x height x width), parameters, multiply-adds per"
            + " image, and the receptive field of its units: size, distance between neighbouring"
            + " units (jump), and centre of the first unit, in pixels (0 is the middle of the"
            + " first pixel). Where vertical and horizontal values differ, both are given in this"
            + " order.",
        "Paths are counted to one layer, under every padding (foveation). Writes layers.csv,"
            + " foveation.png, and the maps as CSV, PNG and NPY."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "A path takes one position of every kernel window and one branch at every fork;",
        "channels and weights are ignored. Below 1, a pixel has fewer paths than the mean",
        "pixel.",
        "",
        "Examples:",
        "  whisker network show vgg16-mini",
        "  whisker network show vgg16 --layer features.16 --padding zero",
        "  whisker network show vgg16-mini --gradient 16",
        "  whisker network show inception-resnet-v2 --out inception"
      })
  int show(
      @Mixin ChartOptions charts,
      @Mixin CommonOptions common,
      @Mixin NetworkOptions options,
      @Mixin JsonOption json,
      @Parameters(
              completionCandidates = ModelNames.class,
              paramLabel = "NAME",
              description =
                  "A classifier, by name or path, or a published network: vgg16, mobilenet-v2,"
                      + " tf-mobilenet-v2 (224x224) or inception-resnet-v2 (299x299).")
          String name)
      throws IOException {
    NetworkJob.Result result =
        new NetworkJob(options.config(name), environment.context(common, charts)).run();
    if (!common.quiet()) {
      result.leftOut().forEach(environment.err()::println);
    }
    if (json.asked()) {
      document(result).print(environment.out());
      return ExitCode.OK;
    }
    environment.out().println(NetworkText.layers(result.layers(), options.all()));
    environment.out().println(NetworkText.totals(result.network()));
    environment.out().print(FoveationText.of(result.network(), result.layer(), result.foveation()));
    if (!result.fields().isEmpty()) {
      environment.out().println();
      environment.out().print(NetworkText.fields(result.fields()));
    }
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static JsonOption.Document document(NetworkJob.Result result) {
    return new JsonOption.Document()
        .table("layers", LayerRow.TABLE, result.layers())
        .table(
            "paths",
            PathCountRow.TABLE,
            result.foveation().stream().map(FoveationText::row).toList())
        .value("parameters", result.network().trainedSize())
        .value("multiply_adds", result.network().multiplyAdds())
        .value("folder", result.folder());
  }
}
