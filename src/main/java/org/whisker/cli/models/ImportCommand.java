package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker models import}: somebody else's classifier. */
@Command(
    name = "import",
    description = {
      "Creates a model in models/ from a TorchScript module, or from a safetensors file with the"
          + " weights of a VGG-16 or an Inception-ResNet v2 (--arch), and tests it on white and"
          + " on a photo."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A module takes N x channels x height x width, float32, and returns one tensor",
      "with one row per picture. Its input is gray: all channels are equal before",
      "--mean and --std. Importing a module runs its code; import only what you trust.",
      "",
      "Examples:",
      "  whisker models import cats.pt --name cats --input 1x224x224 \\",
      "      --output logit --cat 0",
      "  whisker models import resnet50.pt --name resnet50 --input 3x224x224 \\",
      "      --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --output logits \\",
      "      --cat 281,282,283,284,285 --photo cat.jpg",
      "  whisker models import --arch vgg16 vgg16.safetensors --name vgg16-imagenet"
    })
final class ImportCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "FILE",
      description = "A TorchScript module, or safetensors with --arch.")
  private Path file = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the new model in models/.")
  private String name = "";

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      description =
          "vgg16 or inception-resnet-v2: FILE holds its weights, under torchvision's or timm's"
              + " names.")
  private @Nullable String arch;

  @Mixin private final ImportOptions options = new ImportOptions();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  ImportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ModelStore store = new ModelStore(environment.home().models());
    requireFree(store, name);
    if (arch == null) {
      new ModuleImport(environment, common, options, device).run(store, file, name);
    } else {
      new WeightsImport(environment, options, device).run(store, file, name, arch);
    }
    return ExitCode.OK;
  }

  /** Refuses a name that is taken: an import never replaces a model. */
  static void requireFree(ModelStore store, String name) {
    InvalidRequestException.refuse(
        InvalidRequestException.check(() -> store.contains(name)),
        "--name " + name + ": there is a model of that name; take another, or delete its folder");
  }
}
