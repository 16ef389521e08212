package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.classifier.PublishedModel;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.option.Option;

/** {@code whisker models import}: somebody else's classifier. */
@Command(
    name = "import",
    description = {
      "Creates a model in models/ from a file, and tests it on white and on a photo."
          + " The file is ONNX, a TorchScript module, or safetensors with the weights of a"
          + " VGG-16, an Inception-ResNet v2 or a MobileNet v2 (--arch)."
    },
    footer = {
      "",
      "An ONNX file (opset 7 or later, also with a dynamic batch or external data) becomes",
      "a model whose layers are known: everything that works for whisker's own works for it.",
      "",
      "A module takes N x channels x height x width, float32, and returns one tensor",
      "with one row per picture. A gray picture is the same in all channels before",
      "--mean and --std. Importing a module runs its code. Code that names operators other than",
      "tensor mathematics (TorchScript has some that read and write files, such as",
      "torch.from_file and torch.save) is refused without --trust. An ONNX file is data.",
      "",
      "Examples:",
      "  whisker models import resnet50.onnx --name resnet50 \\",
      "      --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --cat 281,282,283,284,285",
      "  whisker models import cats.pt --name cats --input 1x224x224 \\",
      "      --output logit --cat 0",
      "  whisker models import resnet50.pt --name resnet50 --input 3x224x224 \\",
      "      --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --output logits \\",
      "      --cat 281,282,283,284,285 --photo docs/cat.png",
      "  whisker models import --arch vgg16 vgg16.safetensors --name vgg16-imagenet",
      "  whisker models import --arch tf-mobilenet-v2 mobilenet.safetensors \\",
      "      --name mobilenet-v2-imagenet"
    })
@HelpOrder("--name --arch * --device --quiet --verbose")
final class ImportCommand extends RecordCommand<ImportCommand.Asked> {
  record Asked(
      @Option(
              label = "FILE",
              help = "An ONNX file (.onnx), a TorchScript module, or safetensors with --arch.")
          Path file,
      @Option(names = "--name", label = "NAME", help = "Name of the new model in models/.")
          String name,
      @Option(
              names = "--arch",
              label = "ARCH",
              help =
                  "vgg16, inception-resnet-v2, mobilenet-v2 or tf-mobilenet-v2 (TensorFlow's"
                      + " padding): FILE holds its weights, under torchvision's or timm's names, or"
                      + " numbered (conv00, conv01, ...).")
          Optional<PublishedModel> arch,
      ImportOptions options) {}

  ImportCommand(Environment environment) {
    super(environment, Asked.class, Extra.JSON);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    ImportRequest request = asked.options().request(asked.file(), asked.name(), asked.arch());
    ImportResult imported = new ImportJob(request, context()).run();
    ImportResult.printImportText(imported, json(), environment().out());
    if (!common().quiet()) {
      imported.notes().forEach(note -> environment().err().println("whisker: note: " + note));
    }
    return ExitCode.OK;
  }
}
