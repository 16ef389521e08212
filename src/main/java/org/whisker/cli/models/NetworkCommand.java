package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.whisker.chart.ReceptiveFieldFiles;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.TextTable;
import org.whisker.io.JsonFile;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.OutputFolder;
import org.whisker.study.WhiskerVersion;
import org.whisker.study.input.NamedNetwork;
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
      @Mixin CommonOptions common,
      @Mixin NetworkOptions options,
      @Parameters(
              paramLabel = "NAME",
              description =
                  "A classifier, by name or path, or a published network: vgg16 (224x224) or"
                      + " inception-resnet-v2 (299x299).")
          String name)
      throws IOException {
    NamedNetwork named = NamedNetwork.of(new ModelStore(environment.home().models()), name);
    Network network = named.network();
    int layer = options.layer(network);
    int pictures = options.gradient();
    InvalidRequestException.refuse(
        pictures > 0 && named.card().isEmpty(),
        "--gradient needs a model with weights; the published " + name + " has none");
    FoveationModes modes = foveation(named, layer, options.paddings(), common);
    Path folder =
        OutputFolder.create(
            options.out(),
            environment.home().analyses(),
            "network-" + named.name(),
            environment.clock());
    LayerTable table = new LayerTable(network);
    table.write(folder.resolve("layers.csv"));
    modes.write(folder);
    JsonFile.write(
        folder.resolve("manifest.json"), manifest(named, layer, modes.paddings(), pictures));
    environment.out().print(table.text(options.all()));
    environment.out().println();
    environment.out().print(totals(network));
    environment.out().println();
    environment.out().print(modes.text());
    if (pictures > 0) {
      environment.out().println();
      environment.out().print(effective(name, named, layer, pictures, folder));
    }
    environment.out().println("written to " + folder);
    return ExitCode.OK;
  }

  private String effective(String name, NamedNetwork named, int layer, int pictures, Path folder)
      throws IOException {
    StoredModel model = new ModelStore(environment.home().models()).open(name);
    var fields = new EffectiveFields(model, named.network(), layer, pictures).measure();
    String subject = named.name() + ", " + named.network().nodes().get(layer).name();
    new ReceptiveFieldFiles(subject, fields).write(folder);
    return EffectiveFields.text(fields);
  }

  /** All paddings that the network can have, or exactly those asked for. */
  private FoveationModes foveation(
      NamedNetwork named, int layer, Set<Padding> asked, CommonOptions common) {
    FoveationModes modes = new FoveationModes(named.name(), named.network(), layer);
    for (Padding padding : asked.isEmpty() ? List.of(Padding.values()) : List.copyOf(asked)) {
      try {
        modes.add(padding);
      } catch (IllegalArgumentException e) {
        if (!asked.isEmpty()) {
          throw new InvalidRequestException("--padding " + padding.label() + ": " + e.getMessage());
        } else if (!common.quiet()) {
          environment.err().println("left out " + padding.label() + ": " + e.getMessage());
        }
      }
    }
    return modes;
  }

  private static String totals(Network network) {
    return TextTable.of(
        List.of(
            List.of("input", network.input().toString()),
            List.of("output", network.output().shape().toString()),
            List.of("layers", Integer.toString(network.nodes().size())),
            List.of("parameters", String.format(Locale.ROOT, "%,d", network.trainedSize())),
            List.of(
                "multiply-adds",
                String.format(Locale.ROOT, "%,d an image", network.multiplyAdds()))));
  }

  private Map<String, Object> manifest(
      NamedNetwork named, int layer, Set<Padding> paddings, int pictures) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", "network show");
    manifest.put("created", environment.clock().instant().toString());
    manifest.put("network", named.name());
    manifest.put("architecture", named.network().name());
    named.card().ifPresent(card -> manifest.put("sha256", card.weights().sha256()));
    manifest.put("input", named.network().input().toString());
    manifest.put("own_padding", named.network().padding().label());
    manifest.put("paddings", paddings.stream().map(Padding::label).toList());
    manifest.put("layer", named.network().nodes().get(layer).name());
    manifest.put("gradient_pictures", pictures);
    manifest.put("whisker", WhiskerVersion.get());
    return manifest;
  }
}
